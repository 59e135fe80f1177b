import { orderEventNotAllowed, type NamedOrder, type OrderState, type PendingEvent } from "./order-machine"

/** @throws WholesaleError 409 `not_allowed` for what is done to an order only before anybody works on it */
export function assertPending(order: OrderState & NamedOrder, event: PendingEvent): void {
  if (order.status !== "pending") {
    throw orderEventNotAllowed(order, event)
  }
}
