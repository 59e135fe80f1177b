import { WholesaleError } from "../../../lib/errors/wholesale-error"

export interface ShipmentLine {
  readonly line_id: string
  /** Whole units. */
  readonly quantity: number
}

interface ShippableLine {
  readonly id: string
  readonly sku: string
  readonly quantity: number
  readonly shipped_quantity: number
}

/**
 * The lines of a parcel: what was asked for, or everything that is left to go.
 *
 * @throws WholesaleError 400 `invalid_shipment_line` for a line of another order or a quantity that is
 *   no whole number above zero; 409 `more_than_left` with `lines: [{line_id, sku, asked, left}]`;
 *   409 `nothing_left_to_ship`
 */
export function shipmentLines(
  order: { readonly id: string; readonly lines: readonly ShippableLine[] },
  asked?: readonly ShipmentLine[]
): ShipmentLine[] {
  const lines = asked === undefined ? allThatIsLeft(order.lines) : sumByLine(asked)
  if (lines.length === 0) {
    throw new WholesaleError(
      409,
      "nothing_left_to_ship",
      `Every unit of order ${order.id} has gone.`,
      { document: "order", id: order.id }
    )
  }
  const known = new Map(order.lines.map((line) => [line.id, line]))
  const tooMany: { line_id: string; sku: string; asked: number; left: number }[] = []
  for (const { line_id, quantity } of lines) {
    const line = known.get(line_id)
    if (!line || !Number.isInteger(quantity) || quantity <= 0) {
      throw new WholesaleError(
        400,
        "invalid_shipment_line",
        line
          ? `${quantity} of ${line.sku} cannot be shipped: give a whole number above zero.`
          : `Line ${line_id} does not belong to order ${order.id}.`,
        { line_id, quantity }
      )
    }
    const left = line.quantity - line.shipped_quantity
    if (quantity > left) {
      tooMany.push({ line_id, sku: line.sku, asked: quantity, left })
    }
  }
  if (tooMany.length > 0) {
    const list = tooMany.map((line) => `${line.sku} (asked ${line.asked}, left ${line.left})`)
    throw new WholesaleError(
      409,
      "more_than_left",
      `Order ${order.id} has fewer units left to ship: ${list.join(", ")}.`,
      { document: "order", id: order.id, lines: tooMany }
    )
  }
  return lines
}

/** Whether nothing is left to go once the parcel is on its way. */
export function completesOrder(lines: readonly ShippableLine[], parcel: readonly ShipmentLine[]): boolean {
  const going = new Map(parcel.map(({ line_id, quantity }) => [line_id, quantity]))
  return lines.every((line) => line.shipped_quantity + (going.get(line.id) ?? 0) === line.quantity)
}

function allThatIsLeft(lines: readonly ShippableLine[]): ShipmentLine[] {
  return lines
    .map(({ id, quantity, shipped_quantity }) => ({ line_id: id, quantity: quantity - shipped_quantity }))
    .filter(({ quantity }) => quantity > 0)
}

function sumByLine(lines: readonly ShipmentLine[]): ShipmentLine[] {
  const sums = new Map<string, number>()
  for (const { line_id, quantity } of lines) {
    sums.set(line_id, (sums.get(line_id) ?? 0) + quantity)
  }
  return [...sums].map(([line_id, quantity]) => ({ line_id, quantity }))
}
