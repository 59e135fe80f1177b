import { FULFILMENT_METHODS, type FulfilmentMethod } from "../../../lib/fulfilment/methods"
import {
  allowedOrderEvents,
  nextOrderStatus,
  ORDER_EVENTS,
  ORDER_STATUSES,
  type OrderEvent,
  type OrderStatus,
} from "../domain/order-machine"

type Moves = Partial<Record<OrderStatus, Partial<Record<OrderEvent, OrderStatus>>>>

/** Written out by hand from the design, not derived from the machine's table. */
const COMMON: Moves = {
  draft: { place: "pending", cancel: "cancelled" },
  pending: { approve: "approved", reject: "rejected", cancel: "cancelled" },
  approved: { start_packing: "packing", cancel: "cancelled" },
  backordered: { cancel: "cancelled" },
  packing: { finish_packing: "packed", cancel: "cancelled" },
  packed: { cancel: "cancelled" },
  shipped: { cancel: "cancelled" },
  out_for_delivery: { cancel: "cancelled" },
  ready_for_pickup: { cancel: "cancelled" },
  delivered: { cancel: "cancelled" },
  picked_up: { cancel: "cancelled" },
  rejected: {},
  cancelled: {},
}
const COLLECTION: Moves = {
  packed: { make_ready_for_pickup: "ready_for_pickup" },
  ready_for_pickup: { pick_up: "picked_up" },
}
const BY_METHOD: Record<FulfilmentMethod, Moves> = {
  shipping: { packed: { ship: "shipped" }, shipped: { deliver: "delivered" } },
  local_delivery: {
    packed: { dispatch: "out_for_delivery" },
    out_for_delivery: { deliver: "delivered" },
  },
  pickup: COLLECTION,
  in_store: COLLECTION,
}
const CHILD: Moves = {
  approved: { backorder: "backordered" },
  backordered: { release_backorder: "approved" },
}

const orders = FULFILMENT_METHODS.flatMap((fulfilment_method) =>
  [null, "whord_parent"].flatMap((parent_id) =>
    ORDER_STATUSES.map((status) => ({ id: "whord_1", status, fulfilment_method, parent_id }))
  )
)
const expectedMoves = ({ status, fulfilment_method, parent_id }: (typeof orders)[number]) => ({
  ...COMMON[status],
  ...BY_METHOD[fulfilment_method][status],
  ...(parent_id ? CHILD[status] : {}),
})
const nameOf = ({ status, fulfilment_method, parent_id }: (typeof orders)[number]) =>
  `${status} ${parent_id ? "split-off " : ""}${fulfilment_method} order`

describe.each(orders.map((order) => ({ name: nameOf(order), order })))("a $name", ({ order }) => {
  const moves = expectedMoves(order)

  it.each(ORDER_EVENTS)("answers %s as the design says", (event) => {
    const to = moves[event]
    if (to) {
      expect(nextOrderStatus(order, event)).toBe(to)
      return
    }
    expect(() => nextOrderStatus(order, event)).toThrow(
      expect.objectContaining({
        status: 409,
        code: "not_allowed",
        details: expect.objectContaining({
          status: order.status,
          event,
          allowed_events: allowedOrderEvents(order),
        }),
      })
    )
  })

  it("offers exactly the events it accepts", () => {
    expect([...allowedOrderEvents(order)].sort()).toEqual(Object.keys(moves).sort())
  })
})

it.each(["pickup", "in_store"] as const)("a %s order never offers ship, dispatch or deliver", (method) => {
  for (const status of ORDER_STATUSES) {
    const offered = allowedOrderEvents({ status, fulfilment_method: method, parent_id: null })
    expect(offered).not.toEqual(expect.arrayContaining(["ship"]))
    expect(offered).not.toEqual(expect.arrayContaining(["dispatch"]))
    expect(offered).not.toEqual(expect.arrayContaining(["deliver"]))
  }
})

it("reaches the end of every fulfilment method", () => {
  const ways: Record<FulfilmentMethod, OrderEvent[]> = {
    shipping: ["ship", "deliver"],
    local_delivery: ["dispatch", "deliver"],
    pickup: ["make_ready_for_pickup", "pick_up"],
    in_store: ["make_ready_for_pickup", "pick_up"],
  }
  for (const method of FULFILMENT_METHODS) {
    const events: OrderEvent[] = ["place", "approve", "start_packing", "finish_packing", ...ways[method]]
    const end = events.reduce<OrderStatus>(
      (status, event) =>
        nextOrderStatus({ id: "whord_1", status, fulfilment_method: method, parent_id: null }, event),
      "draft"
    )
    expect(end).toBe(method === "shipping" || method === "local_delivery" ? "delivered" : "picked_up")
  }
})
