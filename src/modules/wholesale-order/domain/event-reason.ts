import { WholesaleError } from "../../../lib/errors/wholesale-error"

/** @throws WholesaleError 400 `reason_required` where nothing is said why an order is rejected or cancelled */
export function eventReason(orderId: string, event: string, reason: string | undefined): string {
  if (!reason?.trim()) {
    throw new WholesaleError(400, "reason_required", `Give a reason to ${event} order ${orderId}.`, {
      document: "order",
      id: orderId,
      event,
    })
  }
  return reason
}
