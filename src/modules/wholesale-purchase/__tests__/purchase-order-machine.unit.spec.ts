import fc from "fast-check"

import {
  advancePurchaseOrder,
  allowedActions,
  allows,
  PURCHASE_ORDER_STATUSES,
  PurchaseOrderEvent,
  purchaseOrderMachine,
  PurchaseOrderStatus,
  Standing,
} from "../domain/purchase-order-machine"

type Row = Partial<Record<PurchaseOrderEvent, string>>

/** What each event leads to in each state; `cancel_requested<x` lies over x. Anything unnamed is refused. */
const TABLE: Record<string, Row> = {
  draft: { edit: "draft", delete: "draft", place: "placed" },
  placed: { accept: "accepted", refuse: "refused", request_cancel: "cancel_requested<placed", cancel: "cancelled" },
  accepted: {
    refuse: "refused",
    request_cancel: "cancel_requested<accepted",
    receive: "receiving",
    cancel: "cancelled",
  },
  refused: {},
  receiving: {
    request_cancel: "cancel_requested<receiving",
    receive: "receiving",
    discard_receipt: "receiving",
    cancel: "cancelled",
  },
  received: { discard_receipt: "receiving", close: "closed", cancel: "cancelled" },
  closed: { cancel: "cancelled" },
  cancelled: {},
  "cancel_requested<placed": {
    accept: "cancel_requested<accepted",
    refuse: "refused",
    refuse_cancel: "placed",
    grant_cancel: "placed",
    cancel: "cancelled",
  },
  "cancel_requested<accepted": {
    refuse: "refused",
    refuse_cancel: "accepted",
    grant_cancel: "accepted",
    receive: "cancel_requested<receiving",
    cancel: "cancelled",
  },
  "cancel_requested<receiving": {
    refuse: "refused",
    refuse_cancel: "receiving",
    grant_cancel: "receiving",
    receive: "cancel_requested<receiving",
    discard_receipt: "cancel_requested<receiving",
    cancel: "cancelled",
  },
  "cancel_requested<received": {
    refuse: "refused",
    refuse_cancel: "received",
    grant_cancel: "received",
    discard_receipt: "cancel_requested<receiving",
    cancel: "cancelled",
  },
}

const STATUS_BY_NAME = new Map<string, PurchaseOrderStatus>(PURCHASE_ORDER_STATUSES.map((status) => [status, status]))

function standing(name: string): Standing & { id: string } {
  const [status, covered] = name.split("<").map((part) => STATUS_BY_NAME.get(part))
  return { id: "whpo_1", status: status ?? "draft", status_before_cancel_request: covered ?? null }
}
const nameOf = ({ status, status_before_cancel_request: covered }: Standing) =>
  covered === null ? status : `${status}<${covered}`

const pairs = Object.keys(TABLE).flatMap((state) =>
  purchaseOrderMachine.events.map((event) => ({ state, event, to: TABLE[state][event] }))
)

describe("the purchase order machine", () => {
  it("has a row for every status in the table above", () => {
    expect(new Set(Object.keys(TABLE).map((name) => standing(name).status))).toEqual(new Set(PURCHASE_ORDER_STATUSES))
  })

  it.each(pairs.filter((pair) => pair.to !== undefined))("$event leads from $state to $to", ({ state, event, to }) => {
    expect(nameOf(advancePurchaseOrder(standing(state), event))).toBe(to)
    expect(allows(standing(state), event)).toBe(true)
  })

  it.each(pairs.filter((pair) => pair.to === undefined))("$event is refused in $state", ({ state, event }) => {
    expect(allows(standing(state), event)).toBe(false)
    expect(() => advancePurchaseOrder(standing(state), event)).toThrow(
      expect.objectContaining({
        status: 409,
        code: "not_allowed",
        details: expect.objectContaining({
          status: standing(state).status,
          event,
          // Answers of the supplier are nothing that the retailer may do.
          allowed_events: allowedActions(standing(state)),
        }),
      })
    )
  })

  it.each([
    ["accepted", "received"],
    ["receiving", "received"],
    ["cancel_requested<accepted", "cancel_requested<received"],
    ["cancel_requested<receiving", "cancel_requested<received"],
  ])("a receipt that leaves nothing open leads from %s to %s", (state, to) => {
    expect(nameOf(advancePurchaseOrder(standing(state), "receive", { all_accounted: true }))).toBe(to)
  })

  it.each([
    ["receiving", "received"],
    ["cancel_requested<receiving", "cancel_requested<received"],
  ])("what is cancelled of the rest leads from %s to %s where nothing is open any more", (state, to) => {
    expect(nameOf(advancePurchaseOrder(standing(state), "cancel_rest", { all_accounted: true }))).toBe(to)
    expect(allows(standing(state), "cancel_rest", { all_accounted: true })).toBe(true)
  })

  it.each([
    ["receiving", "accepted"],
    ["received", "accepted"],
    ["cancel_requested<receiving", "cancel_requested<accepted"],
    ["cancel_requested<received", "cancel_requested<accepted"],
  ])("discarding the only receipt leads from %s to %s", (state, to) => {
    expect(nameOf(advancePurchaseOrder(standing(state), "discard_receipt", { no_receipt: true }))).toBe(to)
  })

  it.each([
    ["draft", ["edit", "delete", "place"]],
    ["placed", ["request_cancel"]],
    ["accepted", ["request_cancel", "receive"]],
    ["cancel_requested<placed", []],
    ["cancel_requested<accepted", ["receive"]],
    ["receiving", ["request_cancel", "receive"]],
    ["received", ["close"]],
    ["closed", []],
    ["refused", []],
    ["cancelled", []],
  ])("offers people in %s just %j", (state, actions) => {
    expect(allowedActions(standing(state))).toEqual(actions)
  })

  it("covers a status exactly while a cancellation is asked for, in any sequence of events", () => {
    const step = fc.record({
      event: fc.constantFrom(...purchaseOrderMachine.events),
      all_accounted: fc.boolean(),
      no_receipt: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let now: Standing = { status: "draft", status_before_cancel_request: null }
        for (const { event, ...facts } of steps) {
          if (allows(now, event)) {
            now = advancePurchaseOrder({ id: "whpo_1", ...now }, event, facts)
          }
          expect(now.status_before_cancel_request !== null).toBe(now.status === "cancel_requested")
          expect(now.status_before_cancel_request).not.toBe("cancel_requested")
        }
      })
    )
  })
})
