import type { PartnerEvent } from "./purchase-order-machine"

/**
 * How the distributor answered a purchase order.
 *
 * `held` waits for a decision of the distributor. `price_changed` made no order because the prices
 * were not those of its catalog: the way on is a new purchase order at the new ones.
 */
export type ResponseOutcome = "accepted" | "held" | "price_changed" | "refused"

/** What an `order_response` does to the purchase order. */
export function eventOfResponse(outcome: ResponseOutcome): PartnerEvent | undefined {
  switch (outcome) {
    case "accepted":
      return "accept"
    case "price_changed":
    case "refused":
      return "refuse"
    case "held":
      return undefined
  }
}

/**
 * What the status of the distributor's order does to the purchase order. An order that is being
 * worked on has been accepted, also where the response that says so has not arrived yet.
 */
export function eventOfOrderStatus(status: string): PartnerEvent | undefined {
  switch (status) {
    case "draft":
    case "pending":
      return undefined
    case "rejected":
      return "refuse"
    case "cancelled":
      return "cancel"
    default:
      return "accept"
  }
}

/** The distributor's answer to a request to cancel. */
export interface CancelAnswer {
  readonly accepted: boolean
  readonly reason?: string | null
  /** The purchase order's revision that is answered: an old answer does not answer a new request. */
  readonly purchase_order_revision: number
}

/** Where a document stands in its owner's history; an incarnation begins after a restore from backup. */
export interface Edition {
  readonly incarnation: number
  readonly revision: number
}

/** Whether the edition is newer than the one known. */
export function isNewer(edition: Edition, known: Edition): boolean {
  return edition.incarnation === known.incarnation
    ? edition.revision > known.revision
    : edition.incarnation > known.incarnation
}
