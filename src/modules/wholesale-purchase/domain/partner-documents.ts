import type { PartnerEvent } from "./purchase-order-machine"

/** The distributor's answer to a purchase order, or to the request to cancel it. */
export type ResponseAnswer = "accepted" | "refused" | "cancel_accepted" | "cancel_refused"

/**
 * What an `order_response` does to the purchase order, step by step; a step that its status does not
 * allow is left out. Whoever answers a request to cancel has taken the order on before, also where
 * the response that said so was overtaken. What a granted request ends, the orders themselves say.
 */
export function eventsOfResponse(answer: ResponseAnswer): PartnerEvent[] {
  switch (answer) {
    case "accepted":
    case "cancel_accepted":
      return ["accept"]
    case "refused":
      return ["refuse"]
    case "cancel_refused":
      return ["accept", "refuse_cancel"]
  }
}
