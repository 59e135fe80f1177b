import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { notFound } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import { nextOrderStatus, ORDER_EVENTS, type OrderEvent } from "../domain/order-machine"
import { operationClosed, operationInProgress } from "../domain/order-operation"
import { lockOrder, type OrderKey } from "./reads"
import { OPERATION_COLUMNS, type Order, type OrderOperation } from "./rows"

/** How long a process may take over a verb before another one takes it up, in seconds. */
export const OPERATION_LEASE_SECONDS = 60

export interface BeginOperationInput {
  /** Derived where a retry must meet the same operation. */
  readonly id?: string
  readonly store_id: string
  readonly order_id: string
  /** An event of the order machine is checked against the order's state; any other verb is not. */
  readonly verb: OrderEvent | (string & {})
  /** All that running the verb again needs. */
  readonly payload: Readonly<Record<string, unknown>>
}

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly [member: string]: unknown
}

/** See `WholesaleOrderModuleService.beginOperation`. */
export async function beginOperation(
  em: EntityManager,
  input: BeginOperationInput
): Promise<OrderOperation> {
  const { store_id, order_id, verb } = input
  const order = await lockOrder(em, { id: order_id, store_id })
  if (input.id !== undefined) {
    const [known] = await em.execute<OrderOperation[]>(
      `select ${OPERATION_COLUMNS} from "wholesale_order_operation"
       where id = ? and order_id = ? and deleted_at is null`,
      [input.id, order_id]
    )
    if (known) {
      return known
    }
  }
  await assertNoOperation(em, order_id)
  if (isOrderEvent(verb)) {
    nextOrderStatus(order, verb)
  }
  return await insertOperation(em, input)
}

/** The id of the operation that follows from one that was refused. */
export const nextAttemptId = (operationId: string): string => derivedId("whordop", operationId)

/** See `WholesaleOrderModuleService.latestAttempt`. */
export async function readLatestAttempt(em: EntityManager, key: OrderKey): Promise<OrderOperation | undefined> {
  const [operation] = await em.execute<OrderOperation[]>(
    `select ${OPERATION_COLUMNS} from "wholesale_order_operation"
     where id = ? and store_id = ? and deleted_at is null`,
    [key.id, key.store_id]
  )
  return operation?.status === "refused"
    ? ((await readLatestAttempt(em, { ...key, id: nextAttemptId(key.id) })) ?? operation)
    : operation
}

/** Writes the intent on an order that the transaction has locked or made, and that no other holds. */
export async function insertOperation(
  em: EntityManager,
  { id, store_id, order_id, verb, payload }: BeginOperationInput
): Promise<OrderOperation> {
  const [begun] = await em.execute<OrderOperation[]>(
    `insert into "wholesale_order_operation" (id, store_id, order_id, verb, status, payload, lease_until)
     values (?, ?, ?, ?, 'running', ?::jsonb, now() + make_interval(secs => ?))
     returning ${OPERATION_COLUMNS}`,
    [
      generateEntityId(id, "whordop"),
      store_id,
      order_id,
      verb,
      JSON.stringify(payload),
      OPERATION_LEASE_SECONDS,
    ]
  )
  return begun
}

/** @throws WholesaleError 409 `operation_in_progress` when an open operation holds the order */
export async function assertNoOperation(em: EntityManager, orderId: string): Promise<void> {
  const [open] = await em.execute<{ id: string; verb: string }[]>(
    `select id, verb from "wholesale_order_operation"
     where order_id = ? and status in ('running', 'undoing') and deleted_at is null`,
    [orderId]
  )
  if (open) {
    throw operationInProgress(orderId, open)
  }
}

/**
 * Looks at the operation a last step belongs to, under the order's lock.
 *
 * @returns true when the step was done before, so that there is nothing left to do
 * @throws WholesaleError 409 `operation_closed` when it was refused or is being undone
 */
export async function operationIsDone(
  em: EntityManager,
  order: Order,
  operationId: string | undefined
): Promise<boolean> {
  if (operationId === undefined) {
    return false
  }
  const operation = await lockOperation(em, { id: operationId, store_id: order.store_id })
  if (operation.order_id !== order.id) {
    throw notFound("operation", operationId)
  }
  if (operation.status === "undoing" || operation.status === "refused") {
    throw operationClosed(operation)
  }
  return operation.status === "done"
}

/** Closes an operation as done; one that was done before stays as it is. */
export async function finishOperation(em: EntityManager, key: OrderKey): Promise<void> {
  await closeOperation(em, key, ["running"], "done")
}

/** See `WholesaleOrderModuleService.undoOperation`. */
export async function undoOperation(
  em: EntityManager,
  { refusal, ...key }: OrderKey & { readonly refusal: Refusal }
): Promise<void> {
  await closeOperation(em, key, ["running"], "undoing", refusal)
}

/** See `WholesaleOrderModuleService.refuseOperation`. */
export async function refuseOperation(
  em: EntityManager,
  { refusal, ...key }: OrderKey & { readonly refusal?: Refusal }
): Promise<void> {
  await closeOperation(em, key, ["running", "undoing"], "refused", refusal)
}

async function closeOperation(
  em: EntityManager,
  key: OrderKey,
  from: readonly OrderOperation["status"][],
  to: OrderOperation["status"],
  refusal?: Refusal
): Promise<void> {
  const closed = await em.execute<{ id: string }[]>(
    `update "wholesale_order_operation"
     set status = ?, refusal = coalesce(?::jsonb, refusal), updated_at = now()
     where id = ? and store_id = ? and status in (?) and deleted_at is null returning id`,
    [to, refusal ? JSON.stringify(refusal) : null, key.id, key.store_id, [...from]]
  )
  if (closed.length > 0) {
    return
  }
  const operation = await lockOperation(em, key)
  if (operation.status !== to) {
    throw operationClosed(operation)
  }
}

async function lockOperation(em: EntityManager, { id, store_id }: OrderKey): Promise<OrderOperation> {
  const [operation] = await em.execute<OrderOperation[]>(
    `select ${OPERATION_COLUMNS} from "wholesale_order_operation"
     where id = ? and store_id = ? and deleted_at is null for update`,
    [id, store_id]
  )
  if (!operation) {
    throw notFound("operation", id)
  }
  return operation
}

/** See `WholesaleOrderModuleService.takeOverOperations`. */
export async function takeOverOperations(
  em: EntityManager,
  { limit = 50, before }: { readonly limit?: number; readonly before?: Date }
): Promise<OrderOperation[]> {
  return await em.execute<OrderOperation[]>(
    `update "wholesale_order_operation"
     set lease_until = now() + make_interval(secs => ?), updated_at = now()
     where id in (
       select id from "wholesale_order_operation"
       where status in ('running', 'undoing') and deleted_at is null
         and lease_until < greatest(now(), ?::timestamptz + make_interval(secs => ?))
       order by lease_until limit ? for update skip locked
     )
     returning ${OPERATION_COLUMNS}`,
    [OPERATION_LEASE_SECONDS, before ?? null, OPERATION_LEASE_SECONDS, limit]
  )
}

function isOrderEvent(verb: string): verb is OrderEvent {
  return (ORDER_EVENTS as readonly string[]).includes(verb)
}
