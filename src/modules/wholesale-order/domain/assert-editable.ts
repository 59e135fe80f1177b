import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { assertPending } from "./assert-pending"
import type { OrderState } from "./order-machine"

/**
 * Lines are edited before anybody works on an order, and never against a partner's purchase order: that is the
 * partner's document, whose quantities and prices are what it agreed to.
 *
 * @throws WholesaleError 409 `not_allowed`, `order_follows_purchase_order`
 */
export function assertEditable(
  order: OrderState & {
    readonly id: string
    readonly number: string | null
    readonly connection_id: string | null
    readonly purchase_order_number: string | null
  }
): void {
  assertPending(order, "edit")
  if (order.connection_id !== null) {
    throw new WholesaleError(
      409,
      "order_follows_purchase_order",
      `Order ${order.number} is what the partner ordered with ${order.purchase_order_number}. ` +
        "Reject it, and have the partner order anew.",
      { document: "order", id: order.id, status: order.status, purchase_order_number: order.purchase_order_number }
    )
  }
}
