import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { hasEnded, isCancelGranted, ordersToCancel } from "../domain/cancel-request"
import { allowedOrderEvents, nextOrderStatus } from "../domain/order-machine"
import { recordHistory } from "./history"
import { lockOrdersOfPurchaseOrder } from "./purchase-order-orders"
import type { OrderKey } from "./reads"
import { answerCancelRequest } from "./responses"
import { ORDER_COLUMNS, type Order } from "./rows"

export interface CancelRequestInput extends OrderKey {
  readonly reason: string
  readonly actor: Actor
  readonly at?: Date
}

/** See `WholesaleOrderModuleService.requestCancel`. */
export async function requestCancel(em: EntityManager, input: CancelRequestInput): Promise<Order> {
  const { order, all } = await lockOrdersOfPurchaseOrder(em, input)
  const concerned = ordersToCancel(all)
  if (concerned.length === 0) {
    nextOrderStatus(order, "cancel")
  }
  const asked = await writeRequests(
    em,
    concerned.filter(({ cancel_requested_at }) => !cancel_requested_at),
    input,
    "request_cancel",
    input.at ?? new Date()
  )
  return asked.find(({ id }) => id === order.id) ?? order
}

/** See `WholesaleOrderModuleService.refuseCancelRequest`. */
export async function refuseCancelRequest(em: EntityManager, input: CancelRequestInput): Promise<Order> {
  const { order, all } = await lockOrdersOfPurchaseOrder(em, input)
  if (!order.cancel_requested_at || hasEnded(order)) {
    throw new WholesaleError(
      409,
      "no_cancel_request",
      `Nobody asked to cancel order ${order.number ?? order.id}.`,
      {
        document: "order",
        id: order.id,
        status: order.status,
        event: "refuse_cancel_request",
        allowed_events: allowedOrderEvents(order),
      }
    )
  }
  const { reason: message } = input
  const details = { requested_at: new Date(order.cancel_requested_at).toISOString() }
  await answerCancelRequest(em, all, "cancel_refused", { code: "cancel_refused", message, details })
  const refused = await writeRequests(
    em,
    all.filter((one) => one.cancel_requested_at && !hasEnded(one)),
    input,
    "refuse_cancel_request",
    null
  )
  return refused.find(({ id }) => id === order.id) ?? order
}

/** Answers the wish to cancel once the last order that it concerns has ended, in the transaction that ends it. */
export async function answerWhenNoneIsLeft(em: EntityManager, ended: Order, all: readonly Order[]): Promise<void> {
  const now = all.map((order) => (order.id === ended.id ? ended : order))
  if (ended.cancel_requested_at && isCancelGranted(now)) {
    await answerCancelRequest(em, now, "cancel_accepted")
  }
}

async function writeRequests(
  em: EntityManager,
  orders: readonly Order[],
  input: CancelRequestInput,
  event: string,
  requestedAt: Date | null
): Promise<Order[]> {
  const written: Order[] = []
  for (const order of orders) {
    written.push(await writeRequest(em, order, input, event, requestedAt))
  }
  return written
}

async function writeRequest(
  em: EntityManager,
  order: Order,
  { reason, actor, at = new Date() }: CancelRequestInput,
  event: string,
  requestedAt: Date | null
): Promise<Order> {
  const [changed] = await em.execute<Order[]>(
    `update "wholesale_order"
     set cancel_requested_at = ?, cancel_request_reason = ?, revision = revision + 1, updated_at = now()
     where id = ? and status = ? returning ${ORDER_COLUMNS}`,
    [requestedAt, requestedAt ? reason : null, order.id, order.status]
  )
  const { id, store_id, status } = order
  await recordHistory(em, { store_id, order_id: id, event, from: status, to: status, actor, reason, at })
  return changed
}
