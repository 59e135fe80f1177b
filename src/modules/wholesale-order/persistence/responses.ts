import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { notFound } from "../../../lib/errors/wholesale-error"
import type { OrderAnswer } from "../domain/order-answer"
import type { Refusal } from "./operations"
import type { Order } from "./rows"

/** The answer to a purchase order, as it travels to the partner. */
export interface OrderResponse {
  readonly id: string
  readonly store_id: string
  readonly connection_id: string
  readonly purchase_order_id: string
  readonly answer: OrderAnswer
  readonly order_id: string | null
  readonly refusal: Refusal | null
  readonly revision: number
  readonly announced_revision: number
  /** When this revision was written. */
  readonly updated_at: Date
}

/** One answer a purchase order. */
export type ResponseKey =
  | Pick<OrderResponse, "id">
  | Pick<OrderResponse, "connection_id" | "purchase_order_id">

export type AnswerInput = Pick<
  OrderResponse,
  "store_id" | "connection_id" | "purchase_order_id" | "answer"
> & {
  readonly order_id?: string | null
  readonly refusal?: Refusal | null
}

const COLUMNS =
  "id, store_id, connection_id, purchase_order_id, answer, order_id, refusal, revision, announced_revision, updated_at"

const SAME_ANSWER = `(known.answer, known.order_id, known.refusal) is not distinct from
  (excluded.answer, coalesce(excluded.order_id, known.order_id), excluded.refusal)`

/** See `WholesaleOrderModuleService.answerPurchaseOrder`. */
export async function answerPurchaseOrder(em: EntityManager, input: AnswerInput): Promise<OrderResponse> {
  const { store_id, connection_id, purchase_order_id, answer, order_id, refusal } = input
  const [written] = await em.execute<OrderResponse[]>(
    `insert into "wholesale_order_response" as known
       (id, store_id, connection_id, purchase_order_id, answer, order_id, refusal, revision, announced_revision)
     values (?, ?, ?, ?, ?, ?, ?::jsonb, 1, 0)
     on conflict (connection_id, purchase_order_id) where deleted_at is null do update
     set answer = excluded.answer, order_id = coalesce(excluded.order_id, known.order_id),
         refusal = excluded.refusal,
         updated_at = case when ${SAME_ANSWER} then known.updated_at else now() end,
         revision = known.revision + case when ${SAME_ANSWER} then 0 else 1 end
     where known.store_id = excluded.store_id
     returning ${COLUMNS}`,
    [
      // New, not derived: `on conflict` watches the named index alone, not the primary key.
      generateEntityId(undefined, "whresp"),
      store_id,
      connection_id,
      purchase_order_id,
      answer,
      order_id ?? null,
      refusal ? JSON.stringify(refusal) : null,
    ]
  )
  if (!written) {
    throw notFound("connection", connection_id)
  }
  return written
}

/**
 * Answers the wish to cancel the orders of a purchase order, in the transaction that grants or refuses
 * it: an answer that a crash could lose would leave the partner waiting. Nothing for an order that no
 * purchase order stands behind.
 */
export async function answerCancelRequest(
  em: EntityManager,
  orders: readonly Pick<Order, "id" | "store_id" | "connection_id" | "purchase_order_id" | "parent_id">[],
  answer: "cancel_accepted" | "cancel_refused",
  refusal: Refusal | null = null
): Promise<void> {
  const first = orders.find(({ parent_id }) => parent_id === null)
  if (first?.connection_id && first.purchase_order_id) {
    const { id, store_id, connection_id, purchase_order_id } = first
    await answerPurchaseOrder(em, { store_id, connection_id, purchase_order_id, answer, order_id: id, refusal })
  }
}

/** See `WholesaleOrderModuleService.orderResponse`. */
export async function readResponse(
  em: EntityManager,
  key: ResponseKey
): Promise<OrderResponse | undefined> {
  const [where, params] =
    "id" in key
      ? ["id = ?", [key.id]]
      : ["connection_id = ? and purchase_order_id = ?", [key.connection_id, key.purchase_order_id]]
  const [response] = await em.execute<OrderResponse[]>(
    `select ${COLUMNS} from "wholesale_order_response" where ${where} and deleted_at is null`,
    params
  )
  return response
}
