import { WholesaleError } from "../../../lib/errors/wholesale-error"

/** A purchase order's line with what is accounted for so far. */
export interface OrderedLine {
  readonly id: string
  readonly line_number: number
  readonly supplier_sku: string
  readonly quantity: number
  readonly received_quantity: number
  readonly short_quantity: number
  readonly damaged_quantity: number
  /** In orders that the supplier rejected or cancelled. */
  readonly cancelled_quantity: number
}

/** What a receipt says of a line, in whole sales units. */
export interface ReceiptEntry {
  readonly purchase_order_line_id: string
  /** Came in order; goes into stock. */
  readonly received_quantity: number
  /** Did not come and is not waited for. */
  readonly short_quantity: number
  /** Came and cannot be sold. */
  readonly damaged_quantity: number
}

export interface AccountedReceipt {
  /** The entries that say anything. */
  readonly entries: ReceiptEntry[]
  /** With this receipt nothing is open on any line. */
  readonly all_accounted: boolean
}

/**
 * What is still waited for on a line. Units that a receipt has told of as short may be cancelled
 * afterwards: less than nothing is open on no line.
 */
export function openQuantity(line: Omit<OrderedLine, "id" | "line_number" | "supplier_sku">): number {
  const { quantity, received_quantity, short_quantity, damaged_quantity, cancelled_quantity } = line
  return Math.max(quantity - received_quantity - short_quantity - damaged_quantity - cancelled_quantity, 0)
}

/**
 * Checks a receipt against what is still open on each line.
 *
 * @throws WholesaleError 400 `invalid_receipt_line` (unknown line, line twice, broken or negative
 * quantity), `receipt_empty`; 409 `receipt_exceeds_open` with `lines` of line_id, supplier_sku, open
 * and counted
 */
export function accountReceipt(
  lines: readonly OrderedLine[],
  input: readonly ReceiptEntry[]
): AccountedReceipt {
  const known = new Map(lines.map((line) => [line.id, line]))
  const seen = new Set<string>()
  for (const entry of input) {
    const { purchase_order_line_id: id } = entry
    const quantities = [entry.received_quantity, entry.short_quantity, entry.damaged_quantity]
    if (!known.has(id) || seen.has(id) || quantities.some((value) => !Number.isSafeInteger(value) || value < 0)) {
      throw new WholesaleError(
        400,
        "invalid_receipt_line",
        `Line ${id}: name each line of the purchase order at most once, with whole quantities from 0.`,
        { line_id: id }
      )
    }
    seen.add(id)
  }

  const entries = input.filter((entry) => counted(entry) > 0)
  if (entries.length === 0) {
    throw new WholesaleError(400, "receipt_empty", "A receipt says of at least one line what became of it.")
  }
  const beyond = entries.flatMap((entry) => {
    const line = known.get(entry.purchase_order_line_id)
    const open = line ? openQuantity(line) : 0
    return line && counted(entry) > open
      ? [{ line_id: line.id, supplier_sku: line.supplier_sku, open, counted: counted(entry) }]
      : []
  })
  if (beyond.length) {
    const [first] = beyond
    throw new WholesaleError(
      409,
      "receipt_exceeds_open",
      `${first.counted} of ${first.supplier_sku} are counted, but only ${first.open} are still open.`,
      { lines: beyond }
    )
  }

  const byLine = new Map(entries.map((entry) => [entry.purchase_order_line_id, counted(entry)]))
  return { entries, all_accounted: lines.every((line) => openQuantity(line) === (byLine.get(line.id) ?? 0)) }
}

function counted(entry: ReceiptEntry): number {
  return entry.received_quantity + entry.short_quantity + entry.damaged_quantity
}
