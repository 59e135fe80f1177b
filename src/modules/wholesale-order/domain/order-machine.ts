import type { WholesaleError } from "../../../lib/errors/wholesale-error"
import { isCollected, type FulfilmentMethod } from "../../../lib/fulfilment/methods"
import { defineMachine, eventNotAllowed } from "../../../lib/state-machine/state-machine"

export const ORDER_STATUSES = [
  "draft",
  "pending",
  "approved",
  "backordered",
  "packing",
  "packed",
  "shipped",
  "out_for_delivery",
  "ready_for_pickup",
  "delivered",
  "picked_up",
  "rejected",
  "cancelled",
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

export const ORDER_EVENTS = [
  "place",
  "approve",
  "reject",
  "start_packing",
  "finish_packing",
  "ship",
  "dispatch",
  "make_ready_for_pickup",
  "deliver",
  "pick_up",
  "backorder",
  "release_backorder",
  "cancel",
] as const
export type OrderEvent = (typeof ORDER_EVENTS)[number]

/** `collection` is pickup and in-store alike; `is_child` an order that was split off another. */
export type OrderCondition = "shipping" | "local_delivery" | "collection" | "is_child"

/**
 * The life of an order. `ship` and `dispatch` leave it `packed` while goods are left to go, so `shipped`
 * and `out_for_delivery` say that every unit has gone.
 */
export const orderMachine = defineMachine<OrderStatus, OrderEvent, OrderCondition>({
  document: "order",
  states: ORDER_STATUSES,
  initial: "draft",
  transitions: [
    { event: "place", from: ["draft"], to: "pending" },
    { event: "approve", from: ["pending"], to: "approved" },
    { event: "reject", from: ["pending"], to: "rejected" },
    { event: "start_packing", from: ["approved"], to: "packing" },
    { event: "finish_packing", from: ["packing"], to: "packed" },
    { event: "ship", from: ["packed"], to: "shipped", when: "shipping" },
    { event: "deliver", from: ["shipped"], to: "delivered", when: "shipping" },
    { event: "dispatch", from: ["packed"], to: "out_for_delivery", when: "local_delivery" },
    { event: "deliver", from: ["out_for_delivery"], to: "delivered", when: "local_delivery" },
    { event: "make_ready_for_pickup", from: ["packed"], to: "ready_for_pickup", when: "collection" },
    { event: "pick_up", from: ["ready_for_pickup"], to: "picked_up", when: "collection" },
    { event: "backorder", from: ["approved"], to: "backordered", when: "is_child" },
    { event: "release_backorder", from: ["backordered"], to: "approved", when: "is_child" },
    {
      event: "cancel",
      from: ORDER_STATUSES.filter((status) => status !== "rejected" && status !== "cancelled"),
      to: "cancelled",
    },
  ],
})

/** What the machine asks of an order. */
export interface OrderState {
  readonly status: OrderStatus
  readonly fulfilment_method: FulfilmentMethod
  readonly parent_id: string | null
}

/** By what errors call an order. */
export interface NamedOrder {
  readonly id: string
  readonly number?: string | null
}

export function orderConditions({
  fulfilment_method,
  parent_id,
}: Omit<OrderState, "status">): (condition: OrderCondition) => boolean {
  const holding: Record<OrderCondition, boolean> = {
    shipping: fulfilment_method === "shipping",
    local_delivery: fulfilment_method === "local_delivery",
    collection: isCollected(fulfilment_method),
    is_child: parent_id !== null,
  }
  return (condition) => holding[condition]
}

/** The events that state and fulfilment method allow now: the buttons a person sees. */
export function allowedOrderEvents(order: OrderState): OrderEvent[] {
  return orderMachine.allowedEvents(order.status, orderConditions(order))
}

/**
 * The status after an event.
 *
 * @throws WholesaleError 409 `not_allowed`
 */
export function nextOrderStatus(
  order: OrderState & NamedOrder,
  event: OrderEvent
): OrderStatus {
  return orderMachine.advance({
    id: order.id,
    number: order.number,
    state: order.status,
    event,
    holds: orderConditions(order),
  })
}

/** What stands beside the machine: it may be done to an order before anybody works on it. */
export type PendingEvent = "split" | "hold" | "edit"

/** 409 `not_allowed`, with the events that are. */
export function orderEventNotAllowed(order: OrderState & NamedOrder, event: OrderEvent | PendingEvent): WholesaleError {
  return eventNotAllowed({
    document: "order",
    id: order.id,
    number: order.number,
    status: order.status,
    event,
    allowedEvents: allowedOrderEvents(order),
  })
}
