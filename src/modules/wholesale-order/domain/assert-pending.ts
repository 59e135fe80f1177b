import { eventNotAllowed } from "../../../lib/state-machine/state-machine"
import { allowedOrderEvents, type OrderState } from "./order-machine"

/** @throws WholesaleError 409 `not_allowed` for what is done to an order only before anybody works on it */
export function assertPending(
  order: OrderState & { readonly id: string; readonly number: string | null },
  event: "split" | "hold" | "edit"
): void {
  if (order.status !== "pending") {
    throw eventNotAllowed({
      document: "order",
      id: order.id,
      number: order.number,
      status: order.status,
      event,
      allowedEvents: allowedOrderEvents(order),
    })
  }
}
