import { WholesaleError } from "../../../lib/errors/wholesale-error"

/** How many units of an order have left the house. */
export function shippedUnits(lines: readonly { readonly shipped_quantity: number }[]): number {
  return lines.reduce((sum, { shipped_quantity }) => sum + shipped_quantity, 0)
}

/**
 * What a cancellation records of the goods: null while none have left.
 *
 * @throws WholesaleError 409 `goods_returned_required` when goods have left and the caller does not say
 *   whether they came back
 */
export function goodsReturnedOf(
  order: {
    readonly id: string
    readonly lines: readonly { readonly shipped_quantity: number }[]
  },
  goodsReturned: boolean | undefined
): boolean | null {
  const shipped = shippedUnits(order.lines)
  if (shipped === 0) {
    return null
  }
  if (goodsReturned === undefined) {
    throw new WholesaleError(
      409,
      "goods_returned_required",
      `${shipped} units of order ${order.id} have left: say with goods_returned whether they came back.`,
      { document: "order", id: order.id, shipped_quantity: shipped }
    )
  }
  return goodsReturned
}
