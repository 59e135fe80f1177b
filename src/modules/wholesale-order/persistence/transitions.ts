import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { eventReason } from "../domain/event-reason"
import { goodsReturnedOf } from "../domain/goods-have-left"
import { invoicePartDue, type InvoiceConsolidation, type InvoiceOn } from "../domain/invoice-due"
import { nextOrderStatus, orderEventNotAllowed, type OrderEvent, type OrderStatus } from "../domain/order-machine"
import { answerWhenNoneIsLeft } from "./cancel-requests"
import { isInHistory, recordHistory } from "./history"
import { holdLocked, NOT_HELD, type OrderHold } from "./holds"
import { nextOrderNumber } from "./numbering"
import { assertNoOperation, finishOperation, operationIsDone } from "./operations"
import { NO_PICKUP_NOTICE_DUE, pickupNoticeDue } from "./pickup-notices"
import { lockOrdersOfPurchaseOrder, type OrdersOfPurchaseOrder } from "./purchase-order-orders"
import { linesOf, lockOrder } from "./reads"
import { ORDER_COLUMNS, type Order } from "./rows"

/** The events that change the status and need nothing of their own; the others have verbs. */
export type PlainOrderEvent = Exclude<OrderEvent, "place" | "ship" | "dispatch" | "pick_up">

export interface VerbInput {
  readonly id: string
  readonly store_id: string
  readonly actor: Actor
  /** The intent row that the step belongs to and closes. */
  readonly operation_id?: string
  /** When it happened; now, unless history is replayed. */
  readonly at?: Date
}

export interface TransitionInput extends VerbInput {
  readonly event: PlainOrderEvent
  /**
   * Names the history entry of an event that has no operation: a caller that comes again with it finds
   * the event written and changes nothing.
   */
  readonly event_id?: string
  /** Needed to reject and to cancel. */
  readonly reason?: string
  /** Needed to cancel once goods have left. */
  readonly goods_returned?: boolean
  /** Where and when a pickup order is handed over; needed when the order does not say so yet. */
  readonly pickup?: { readonly place?: string; readonly at?: Date }
  /** What makes the order's invoices due, fixed by approving it; `completion` where it is not given. */
  readonly invoice_on?: InvoiceOn
  /** Whether they wait for others then, fixed by approving it; `none` where it is not given. */
  readonly invoice_consolidation?: InvoiceConsolidation
}

export interface PlaceOrderInput extends VerbInput {
  readonly number_pattern: string
  /** Where its credit is held: the order is pending and marked in one. */
  readonly hold?: OrderHold
}

/** See `WholesaleOrderModuleService.transition`. */
export async function transition(em: EntityManager, input: TransitionInput): Promise<Order> {
  const { order, all } = await lockForEvent(em, input)
  if (
    (await operationIsDone(em, order, input.operation_id)) ||
    (await isInHistory(em, { id: input.event_id, order_id: order.id }))
  ) {
    return order
  }
  const to = nextOrderStatus(order, input.event)
  const set = await membersSetBy(em, order, input)
  const rules = input.event === "approve" ? invoiceRulesOf(input) : order
  const changed = await applyEvent(em, order, input, {
    event: input.event,
    event_id: input.event_id,
    to,
    reason: input.reason,
    set,
    ...partDue(rules, { event: input.event }),
  })
  await answerWhenNoneIsLeft(em, changed, all)
  if (input.event === "deliver") {
    await em.execute(
      `update "wholesale_order_shipment" set delivered_at = ?, updated_at = now()
       where order_id = ? and delivered_at is null and deleted_at is null`,
      [input.at ?? new Date(), order.id]
    )
  }
  return changed
}

/** What ends an order may answer a wish to cancel, which the other orders of its purchase order share. */
async function lockForEvent(em: EntityManager, input: TransitionInput): Promise<OrdersOfPurchaseOrder> {
  if (input.event === "cancel" || input.event === "reject") {
    return await lockOrdersOfPurchaseOrder(em, input)
  }
  const order = await lockOrder(em, input)
  return { order, all: [order] }
}

/** See `WholesaleOrderModuleService.placeOrder`. */
export async function placeOrder(em: EntityManager, input: PlaceOrderInput): Promise<Order> {
  const order = await lockOrder(em, input)
  if (await operationIsDone(em, order, input.operation_id)) {
    return order
  }
  const to = nextOrderStatus(order, "place")
  const at = input.at ?? new Date()
  const number = await nextOrderNumber(em, {
    store_id: order.store_id,
    pattern: input.number_pattern,
    at,
  })
  const placed = await applyEvent(em, order, { ...input, at }, {
    event: "place",
    to,
    set: { number, placed_at: at },
  })
  return input.hold ? await holdLocked(em, placed, { ...input.hold, actor: input.actor, at }) : placed
}

export interface OrderChange {
  readonly event: OrderEvent | "split" | "edit"
  readonly event_id?: string
  readonly to: OrderStatus
  readonly reason?: string
  /** Columns of the order's row; the names are ours, never a caller's. */
  readonly set: Readonly<Record<string, string | number | boolean | Date | null>>
  readonly details?: Readonly<Record<string, unknown>>
  /** The part whose invoice becomes due with this event, and whether it waits for others then. */
  readonly invoice_part?: { readonly part: number; readonly waits: boolean }
}

/**
 * Writes an event on a locked order: status (only from the one it was read with), members, revision,
 * history, and the end of its operation.
 */
export async function applyEvent(
  em: EntityManager,
  order: Order,
  { actor, operation_id, at = new Date() }: VerbInput,
  { event, event_id, to, reason, set, details, invoice_part }: OrderChange
): Promise<Order> {
  if (operation_id === undefined) {
    // An order has one open operation: who comes with one has been found to hold it.
    await assertNoOperation(em, order.id)
  }
  const written = order.held_at && to !== "pending" ? { ...set, ...NOT_HELD } : set
  const columns: (keyof typeof written)[] = Object.keys(written)
  const [changed] = await em.execute<Order[]>(
    `update "wholesale_order"
     set status = ?, revision = revision + 1, updated_at = now(),
         invoice_parts_due = case when invoice_parts_due @> ?::jsonb then invoice_parts_due
                             else invoice_parts_due || ?::jsonb end,
         invoice_parts_waiting = case when ? then '[]'::jsonb
                                 when invoice_parts_waiting @> ?::jsonb then invoice_parts_waiting
                                 else invoice_parts_waiting || ?::jsonb end
         ${columns.map((column) => `, "${column}" = ?`).join("")}
     where id = ? and status = ? and deleted_at is null returning ${ORDER_COLUMNS}`,
    [
      to,
      ...Array<string>(2).fill(JSON.stringify(invoice_part && !invoice_part.waits ? [invoice_part.part] : [])),
      // What is called off is invoiced no more.
      to === "cancelled",
      ...Array<string>(2).fill(JSON.stringify(invoice_part?.waits ? [invoice_part.part] : [])),
      ...columns.map((column) => written[column]),
      order.id,
      order.status,
    ]
  )
  if (!changed) {
    throw orderEventNotAllowed(order, event)
  }
  await recordHistory(em, {
    id: event_id,
    store_id: order.store_id,
    order_id: order.id,
    event,
    from: order.status,
    to,
    actor,
    reason,
    details,
    at,
  })
  if (operation_id !== undefined) {
    await finishOperation(em, { id: operation_id, store_id: order.store_id })
  }
  return changed
}

const invoiceRulesOf = ({ invoice_on = "completion", invoice_consolidation = "none" }: TransitionInput) => ({
  invoice_on,
  invoice_consolidation,
})

/** What an event makes due of an order that is invoiced by these rules. */
export function partDue(
  { invoice_on, invoice_consolidation }: Pick<Order, "invoice_on" | "invoice_consolidation">,
  happened: Parameters<typeof invoicePartDue>[1]
): Pick<OrderChange, "invoice_part"> {
  const part = invoicePartDue(invoice_on, happened)
  const waits = (invoice_consolidation ?? "none") !== "none"
  return part === undefined ? {} : { invoice_part: { part, waits } }
}

async function membersSetBy(
  em: EntityManager,
  order: Order,
  input: TransitionInput
): Promise<OrderChange["set"]> {
  const { event, reason, goods_returned, pickup, at = new Date() } = input
  switch (event) {
    case "approve":
      return { approved_at: at, ...invoiceRulesOf(input) }
    case "deliver":
      return { completed_at: at }
    case "reject":
      return { rejection_reason: eventReason(order.id, event, reason) }
    case "cancel":
      return {
        cancelled_at: at,
        cancel_reason: eventReason(order.id, event, reason),
        goods_returned: goodsReturnedOf({ id: order.id, lines: await linesOf(em, order.id) }, goods_returned),
        ...NO_PICKUP_NOTICE_DUE,
      }
    case "make_ready_for_pickup":
      return { ...appointment(order, pickup), ...pickupNoticeDue() }
    default:
      return {}
  }
}

/** @throws WholesaleError 409 `pickup_appointment_required` when a pickup order has no place or time */
function appointment(order: Order, pickup: TransitionInput["pickup"]): OrderChange["set"] {
  const pickup_place = pickup?.place ?? order.pickup_place
  const pickup_at = pickup?.at ?? order.pickup_at
  if (order.fulfilment_method === "pickup" && !(pickup_place && pickup_at)) {
    throw new WholesaleError(
      409,
      "pickup_appointment_required",
      `Order ${order.id} is picked up: say where and when.`,
      { document: "order", id: order.id, pickup_place, pickup_at }
    )
  }
  return { pickup_place, pickup_at }
}
