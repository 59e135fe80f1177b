import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { allowedOrderEvents, nextOrderStatus } from "../domain/order-machine"
import { recordHistory } from "./history"
import { lockOrder, type OrderKey } from "./reads"
import { answerCancelRequest } from "./responses"
import { ORDER_COLUMNS, type Order } from "./rows"

export interface CancelRequestInput extends OrderKey {
  readonly reason: string
  readonly actor: Actor
  readonly at?: Date
}

/** See `WholesaleOrderModuleService.requestCancel`. */
export async function requestCancel(em: EntityManager, input: CancelRequestInput): Promise<Order> {
  const order = await lockOrder(em, input)
  nextOrderStatus(order, "cancel")
  if (order.cancel_requested_at) {
    return order
  }
  return await writeRequest(em, order, input, "request_cancel", input.at ?? new Date())
}

/** See `WholesaleOrderModuleService.refuseCancelRequest`. */
export async function refuseCancelRequest(em: EntityManager, input: CancelRequestInput): Promise<Order> {
  const order = await lockOrder(em, input)
  if (!order.cancel_requested_at) {
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
  await answerCancelRequest(em, order, "cancel_refused", { code: "cancel_refused", message, details })
  return await writeRequest(em, order, input, "refuse_cancel_request", null)
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
