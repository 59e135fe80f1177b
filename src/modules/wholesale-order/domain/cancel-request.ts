import type { OrderStatus } from "./order-machine"

interface Cancellable {
  readonly status: OrderStatus
  readonly cancel_requested_at: Date | null
}

/** Nothing is left to cancel. */
export function hasEnded({ status }: Pick<Cancellable, "status">): boolean {
  return status === "rejected" || status === "cancelled"
}

const isCompleted = ({ status }: Pick<Cancellable, "status">) => status === "delivered" || status === "picked_up"

/**
 * What a wish to cancel a purchase order concerns of its orders: those that are open. Where none is,
 * those that are completed, whose goods may come back.
 */
export function ordersToCancel<Order extends Cancellable>(orders: readonly Order[]): Order[] {
  const standing = orders.filter((order) => !hasEnded(order))
  const open = standing.filter((order) => !isCompleted(order))
  return open.length > 0 ? open : standing
}

/** Whether the wish is granted by all whom it concerns: none of them is left, and not all were rejected. */
export function isCancelGranted(orders: readonly Cancellable[]): boolean {
  const concerned = orders.filter(({ cancel_requested_at }) => cancel_requested_at !== null)
  return concerned.every(hasEnded) && concerned.some(({ status }) => status === "cancelled")
}
