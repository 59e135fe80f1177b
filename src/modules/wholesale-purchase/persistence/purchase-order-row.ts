import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { notFound } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import {
  advancePurchaseOrder,
  PurchaseOrderEvent,
  ReceiptFacts,
  Standing,
} from "../domain/purchase-order-machine"

/** What the verbs need of the row they lock. */
export interface PurchaseOrderRow extends Standing {
  readonly id: string
  readonly store_id: string
  readonly connection_id: string
  readonly number: string | null
  readonly currency_code: string
  readonly location_id: string | null
  readonly response_incarnation: number
  readonly response_revision: number
  readonly order_id: string | null
  readonly order_status: string | null
  readonly cancel_answer: { readonly accepted: boolean } | null
  /** Net, in major units. */
  readonly subtotal: Amount
  readonly placed_at: Date | null
  readonly revision: number
}

const ROW = `id, store_id, connection_id, number, status, status_before_cancel_request, currency_code, location_id,
  response_incarnation, response_revision, order_id, order_status, cancel_answer,
  raw_subtotal ->> 'value' as subtotal, placed_at, revision`

/**
 * Locks a purchase order until the transaction ends. Every verb takes this lock before any other
 * row of the order, its receipts or the number series.
 *
 * @throws WholesaleError 404 where the store, or the connection when given, has no such order
 */
export async function lockPurchaseOrder(
  em: EntityManager,
  { store_id, id, connection_id }: { store_id: string; id: string; connection_id?: string }
): Promise<PurchaseOrderRow> {
  const [row] = await em.execute<PurchaseOrderRow[]>(
    `select ${ROW} from "wholesale_purchase_order"
      where id = ? and store_id = ? and deleted_at is null for update`,
    [id, store_id]
  )
  if (!row || (connection_id !== undefined && row.connection_id !== connection_id)) {
    throw notFound("Purchase order", id)
  }
  return row
}

type Value = string | number | boolean | Date | null

/** Writes columns of a locked purchase order. Names come from the code, never from outside. */
export async function updatePurchaseOrder(
  em: EntityManager,
  row: PurchaseOrderRow,
  columns: Readonly<Record<string, Value>>,
  { raiseRevision = false }: { raiseRevision?: boolean } = {}
): Promise<void> {
  const names = Object.keys(columns)
  const assignments = [
    ...names.map((name) => `"${name}" = ?`),
    ...(raiseRevision ? ["revision = revision + 1"] : []),
    "updated_at = now()",
  ]
  await em.execute(
    `update "wholesale_purchase_order" set ${assignments.join(", ")} where id = ? and status = ?`,
    [...names.map((name) => columns[name]), row.id, row.status]
  )
}

export interface HistoryEntry {
  readonly event: string
  readonly from: string | null
  readonly to: string
  readonly actor: Actor
  readonly reason?: string | null
  readonly details?: Readonly<Record<string, unknown>> | null
}

const EVENT_COLUMNS = [
  "id", "store_id", "purchase_order_id", "event", "from", "to", "actor_type", "actor_id", "reason", "details", "at",
]

/** Adds entries to the history of a purchase order. */
export async function writeHistory(
  em: EntityManager,
  { id, store_id }: { id: string; store_id: string },
  entries: readonly HistoryEntry[]
): Promise<void> {
  if (entries.length === 0) {
    return
  }
  const at = new Date().toISOString()
  const rows = entries.map(({ actor, reason = null, details = null, ...entry }) => ({
    id: generateEntityId(undefined, "whpoev"),
    store_id,
    purchase_order_id: id,
    ...entry,
    actor_type: actor.actor_type,
    actor_id: actor.actor_id,
    reason,
    details,
    at,
  }))
  await em.execute(insertRecordsSql("wholesale_purchase_order_event", EVENT_COLUMNS), [JSON.stringify(rows)])
}

/**
 * Moves a locked purchase order by an event: status, further columns and history.
 *
 * @throws WholesaleError 409 `not_allowed`
 */
export async function moveByEvent(
  em: EntityManager,
  row: PurchaseOrderRow,
  move: {
    readonly event: PurchaseOrderEvent
    readonly actor: Actor
    readonly facts?: ReceiptFacts
    readonly set?: Readonly<Record<string, Value>>
    readonly raiseRevision?: boolean
    readonly reason?: string | null
    readonly details?: Readonly<Record<string, unknown>>
  }
): Promise<PurchaseOrderRow> {
  const standing = advancePurchaseOrder(row, move.event, move.facts)
  await updatePurchaseOrder(em, row, { ...standing, ...move.set }, { raiseRevision: move.raiseRevision })
  await writeHistory(em, row, [
    {
      event: move.event,
      from: row.status,
      to: standing.status,
      actor: move.actor,
      reason: move.reason,
      details: move.details,
    },
  ])
  return { ...row, ...standing, revision: row.revision + (move.raiseRevision ? 1 : 0) }
}
