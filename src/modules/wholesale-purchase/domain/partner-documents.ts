import type { PartnerEvent } from "./purchase-order-machine"

/** The distributor's answer to a purchase order, or to the request to cancel it. */
export type ResponseAnswer = "accepted" | "refused" | "cancel_accepted" | "cancel_refused"

/**
 * What an `order_response` does to the purchase order, step by step; a step that its status does not
 * allow is left out. Whoever answers a request to cancel has taken the order on before, also where
 * the response that said so was overtaken.
 */
export function eventsOfResponse(answer: ResponseAnswer): PartnerEvent[] {
  switch (answer) {
    case "accepted":
      return ["accept"]
    case "refused":
      return ["refuse"]
    case "cancel_accepted":
      return ["cancel"]
    case "cancel_refused":
      return ["accept", "refuse_cancel"]
  }
}

/**
 * What the status of the distributor's order does to the purchase order. An order that is being
 * worked on has been accepted, also where the response that says so has not arrived yet.
 */
export function eventsOfOrderStatus(status: string): PartnerEvent[] {
  switch (status) {
    case "draft":
    case "pending":
      return []
    case "rejected":
      return ["refuse"]
    case "cancelled":
      return ["cancel"]
    default:
      return ["accept"]
  }
}
