import { defineMachine, eventNotAllowed } from "../../../lib/state-machine/state-machine"

export const PURCHASE_ORDER_STATUSES = [
  "draft",
  "placed",
  "accepted",
  "refused",
  "cancel_requested",
  "receiving",
  "received",
  "closed",
  "cancelled",
] as const

export type PurchaseOrderStatus = (typeof PURCHASE_ORDER_STATUSES)[number]

/** What the retailer does. `delete` ends a draft: its row goes. */
export type PurchaseOrderAction =
  | "edit"
  | "delete"
  | "place"
  | "request_cancel"
  | "receive"
  | "discard_receipt"
  | "close"

/** What the distributor's documents do. */
export type PartnerEvent = "accept" | "refuse" | "refuse_cancel" | "grant_cancel" | "cancel_rest" | "cancel"

export type PurchaseOrderEvent = PurchaseOrderAction | PartnerEvent

type Condition =
  | "all_accounted"
  | "rest_of_receiving"
  | "no_receipt"
  | "was_placed"
  | "was_accepted"
  | "was_receiving"
  | "was_received"

/** Both uncover what a request lay over: a refused one, and one granted for what had not come yet. */
const UNCOVER = ["refuse_cancel", "grant_cancel"] as const

/**
 * A cancellation that was asked for lies over the status the order had: what happens meanwhile moves
 * that one (`advancePurchaseOrder`), and a refused request uncovers it. Goods that arrive can thus
 * be received while a partner does not answer.
 */
export const purchaseOrderMachine = defineMachine<PurchaseOrderStatus, PurchaseOrderEvent, Condition>({
  document: "Purchase order",
  states: PURCHASE_ORDER_STATUSES,
  initial: "draft",
  transitions: [
    { event: "edit", from: ["draft"], to: "draft" },
    { event: "delete", from: ["draft"], to: "draft" },
    { event: "place", from: ["draft"], to: "placed" },

    { event: "accept", from: ["placed"], to: "accepted" },
    { event: "accept", from: ["cancel_requested"], to: "cancel_requested", when: "was_placed" },
    { event: "refuse", from: ["placed", "accepted", "cancel_requested"], to: "refused" },

    { event: "request_cancel", from: ["placed", "accepted", "receiving"], to: "cancel_requested" },
    ...UNCOVER.flatMap((event) => [
      { event, from: ["cancel_requested"], to: "placed", when: "was_placed" } as const,
      { event, from: ["cancel_requested"], to: "accepted", when: "was_accepted" } as const,
      { event, from: ["cancel_requested"], to: "receiving", when: "was_receiving" } as const,
      { event, from: ["cancel_requested"], to: "received", when: "was_received" } as const,
    ]),
    // What was still to come is cancelled, and all else has come.
    { event: "cancel_rest", from: ["receiving"], to: "received", when: "all_accounted" },
    { event: "cancel_rest", from: ["cancel_requested"], to: "cancel_requested", when: "rest_of_receiving" },

    { event: "receive", from: ["accepted", "receiving"], to: "received", when: "all_accounted" },
    { event: "receive", from: ["accepted", "receiving"], to: "receiving" },
    { event: "receive", from: ["cancel_requested"], to: "cancel_requested", when: "was_accepted" },
    { event: "receive", from: ["cancel_requested"], to: "cancel_requested", when: "was_receiving" },

    { event: "discard_receipt", from: ["receiving", "received"], to: "accepted", when: "no_receipt" },
    { event: "discard_receipt", from: ["receiving", "received"], to: "receiving" },
    { event: "discard_receipt", from: ["cancel_requested"], to: "cancel_requested", when: "was_receiving" },
    { event: "discard_receipt", from: ["cancel_requested"], to: "cancel_requested", when: "was_received" },

    { event: "close", from: ["received"], to: "closed" },
    {
      event: "cancel",
      from: ["placed", "accepted", "cancel_requested", "receiving", "received", "closed"],
      to: "cancelled",
    },
  ],
})

/** Where a purchase order stands: its status, and the one under a cancellation that was asked for. */
export interface Standing {
  readonly status: PurchaseOrderStatus
  readonly status_before_cancel_request: PurchaseOrderStatus | null
}

/** What is known of the receipts once the event has happened. */
export interface ReceiptFacts {
  /** Every line is received, short or damaged to its full quantity. */
  readonly all_accounted?: boolean
  /** No receipt is left. */
  readonly no_receipt?: boolean
}

/** Whether the event may happen now. */
export function allows(standing: Standing, event: PurchaseOrderEvent, facts: ReceiptFacts = {}): boolean {
  return purchaseOrderMachine.next(standing.status, event, conditions(standing, facts)) !== undefined
}

/** What the retailer may do now, in the order in which it is done. */
export function allowedActions(standing: Standing): PurchaseOrderAction[] {
  return purchaseOrderMachine
    .allowedEvents(standing.status, conditions(standing, {}))
    .filter((event): event is PurchaseOrderAction => !PARTNER_EVENTS.has(event))
    .filter((event) => event !== "discard_receipt")
}

const PARTNER_EVENTS: ReadonlySet<PurchaseOrderEvent> = new Set([
  "accept",
  "refuse",
  "refuse_cancel",
  "grant_cancel",
  "cancel_rest",
  "cancel",
])

/**
 * Where the order stands after the event.
 *
 * @throws WholesaleError 409 `not_allowed` naming the status and what the retailer may do
 */
export function advancePurchaseOrder(
  order: Standing & { readonly id: string; readonly number?: string | null },
  event: PurchaseOrderEvent,
  facts: ReceiptFacts = {}
): Standing {
  const holds = conditions(order, facts)
  const status = purchaseOrderMachine.next(order.status, event, holds)
  if (status === undefined) {
    throw eventNotAllowed({
      document: purchaseOrderMachine.document,
      id: order.id,
      number: order.number,
      status: order.status,
      event,
      allowedEvents: allowedActions(order),
    })
  }
  if (status !== "cancel_requested") {
    return { status, status_before_cancel_request: null }
  }
  const covered = order.status_before_cancel_request
  if (order.status !== "cancel_requested" || covered === null) {
    return { status, status_before_cancel_request: order.status }
  }
  return {
    status,
    status_before_cancel_request: purchaseOrderMachine.next(covered, event, holds) ?? covered,
  }
}

function conditions({ status_before_cancel_request: covered }: Standing, facts: ReceiptFacts) {
  return (condition: Condition): boolean => {
    switch (condition) {
      case "all_accounted":
        return facts.all_accounted ?? false
      case "rest_of_receiving":
        return (facts.all_accounted ?? false) && covered === "receiving"
      case "no_receipt":
        return facts.no_receipt ?? false
      default:
        return condition === `was_${covered}`
    }
  }
}
