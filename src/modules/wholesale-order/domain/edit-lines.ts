import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { assertDraftLines } from "./draft-lines"
import { reconsiderShipping } from "./free-shipping"
import { calculateOrderTotals, type LineToTotal, type OrderTotals, type TaxedCharge } from "./order-totals"

/** A line that the order has: it keeps its price and tax. */
export interface KeptQuantity {
  readonly line_id: string
  /** Whole units. */
  readonly quantity: number
}

interface StandingLine extends LineToTotal {
  readonly id: string
  readonly line_number: number
  readonly sku: string
}

interface AddedLine extends LineToTotal {
  readonly sku: string
}

interface NumberedLine {
  readonly line_number: number
  readonly subtotal: Amount
}

type StandingCharge = TaxedCharge & Parameters<typeof reconsiderShipping>[0][number]

export interface EditedLines<Standing, Added, Charge> {
  /** What was there, in other quantities perhaps. */
  readonly kept: readonly (Standing & NumberedLine)[]
  /** Behind all that the order ever had. */
  readonly added: readonly (Added & NumberedLine)[]
  /** As they are for these goods. */
  readonly charges: readonly Charge[]
  readonly totals: OrderTotals
}

/**
 * An order's lines as they are to be: those kept with their new quantities, those added, and no others.
 * Numbers of lines never change, and totals are as of a new order with these lines. Charges stay but for
 * shipping, which may become free, or cost again.
 *
 * @param freeShippingFrom net amount of the goods; null where shipping is never free
 * @throws WholesaleError 400 `unknown_order_line` for a line that is not the order's or is named twice, and as
 *   `assertDraftLines`; 409 `nothing_to_edit` where the lines are what they were
 */
export function editLines<Standing extends StandingLine, Added extends AddedLine, Charge extends StandingCharge>(
  order: {
    readonly id: string
    readonly currency_code: string
    readonly lines: readonly Standing[]
    readonly charges: readonly Charge[]
  },
  kept: readonly KeptQuantity[],
  added: readonly Added[],
  freeShippingFrom: Amount | null
): EditedLines<Standing, Added, Charge> {
  const quantities = quantitiesOf(order, kept)
  const standing = order.lines.flatMap((line) => {
    const quantity = quantities.get(line.id)
    return quantity === undefined ? [] : [{ ...line, quantity }]
  })
  const unchanged = standing.length === order.lines.length && order.lines.every(({ id, quantity }) => quantities.get(id) === quantity)
  if (unchanged && added.length === 0) {
    throw new WholesaleError(409, "nothing_to_edit", `Order ${order.id} has these lines already.`, {
      document: "order",
      id: order.id,
    })
  }
  assertDraftLines([...standing, ...added])
  const { subtotal } = calculateOrderTotals([...standing, ...added], order.currency_code)
  const charges = reconsiderShipping(order.charges, {
    subtotal,
    from: freeShippingFrom,
    currency_code: order.currency_code,
  })
  const totals = calculateOrderTotals([...standing, ...added], order.currency_code, charges)
  const last = Math.max(...order.lines.map(({ line_number }) => line_number))
  return {
    kept: standing.map((line, index) => ({ ...line, subtotal: totals.line_subtotals[index] })),
    added: added.map((line, index) => ({
      ...line,
      line_number: last + 1 + index,
      subtotal: totals.line_subtotals[standing.length + index],
    })),
    charges,
    totals,
  }
}

function quantitiesOf(
  order: { readonly id: string; readonly lines: readonly { readonly id: string }[] },
  kept: readonly KeptQuantity[]
): Map<string, number> {
  const own = new Set(order.lines.map(({ id }) => id))
  const quantities = new Map<string, number>()
  for (const { line_id, quantity } of kept) {
    if (!own.has(line_id) || quantities.has(line_id)) {
      throw new WholesaleError(
        400,
        "unknown_order_line",
        own.has(line_id)
          ? `Line ${line_id} of order ${order.id} is named twice: give each line once, with its whole quantity.`
          : `Order ${order.id} has no line ${line_id}. A new line is given by its sku.`,
        { document: "order", id: order.id, line_id }
      )
    }
    quantities.set(line_id, quantity)
  }
  return quantities
}
