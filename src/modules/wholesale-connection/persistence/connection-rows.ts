import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { InferTypeOf } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import type { ConnectionStatus } from "../domain/connection-machine"
import type { WholesaleConnection } from "../models/connection"

export type ConnectionRow = InferTypeOf<typeof WholesaleConnection>

/** The side, locked until the transaction ends; undefined where the store has none such. */
export async function lockConnection(
  manager: EntityManager,
  { id, store_id }: { id: string; store_id: string }
): Promise<ConnectionRow | undefined> {
  const [row] = await manager.execute<ConnectionRow[]>(
    `select * from wholesale_connection
     where id = ? and store_id = ? and deleted_at is null for update`,
    [id, store_id]
  )
  return row && withDates(row)
}

export async function readConnection(
  manager: EntityManager,
  { id, store_id }: { id: string; store_id: string }
): Promise<ConnectionRow | undefined> {
  const [row] = await manager.execute<ConnectionRow[]>(
    "select * from wholesale_connection where id = ? and store_id = ? and deleted_at is null",
    [id, store_id]
  )
  return row && withDates(row)
}

/** Inserts a side; undefined where the pairing has one already, or another with that partner is alive. */
export async function insertConnection(
  manager: EntityManager,
  row: Pick<
    ConnectionRow,
    | "id"
    | "store_id"
    | "role"
    | "pairing_id"
    | "transport"
    | "partner_store_id"
    | "partner_name"
    | "partner_profile"
    | "status"
    | "partner_status"
    | "effective_status"
  >
): Promise<ConnectionRow | undefined> {
  const [inserted] = await manager.execute<ConnectionRow[]>(
    `insert into wholesale_connection
       (id, store_id, role, pairing_id, transport, partner_store_id, partner_name, partner_profile,
        status, partner_status, effective_status, requested_at)
     values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, now())
     on conflict do nothing returning *`,
    [
      row.id,
      row.store_id,
      row.role,
      row.pairing_id,
      row.transport,
      row.partner_store_id,
      row.partner_name,
      JSON.stringify(row.partner_profile),
      row.status,
      row.partner_status,
      row.effective_status,
    ]
  )
  return inserted && withDates(inserted)
}

/** The side with that partner, in that role, that has not ended. */
export async function connectionAlive(
  manager: EntityManager,
  { store_id, partner_store_id, role }: Pick<ConnectionRow, "store_id" | "partner_store_id" | "role">
): Promise<{ id: string; effective_status: ConnectionStatus } | undefined> {
  const [row] = await manager.execute<{ id: string; effective_status: ConnectionStatus }[]>(
    `select id, effective_status from wholesale_connection
     where store_id = ? and partner_store_id = ? and role = ?
       and effective_status not in ('rejected', 'revoked') and deleted_at is null`,
    [store_id, partner_store_id, role]
  )
  return row
}

export type EndedConnection = Pick<ConnectionRow, "id" | "transport" | "created_at">

/** Sides that have ended, of the store with the same partner in the same role: the oldest first. */
export async function endedBefore(
  manager: EntityManager,
  { id, store_id }: { id: string; store_id: string }
): Promise<EndedConnection[]> {
  const rows = await manager.execute<(Omit<EndedConnection, "created_at"> & { created_at: Date | string })[]>(
    `select ended.id, ended.transport, ended.created_at
     from wholesale_connection as connection join wholesale_connection as ended
       using (store_id, partner_store_id, role, transport)
     where connection.id = ? and connection.store_id = ? and connection.deleted_at is null
       and ended.id <> connection.id and ended.effective_status in ('rejected', 'revoked') and ended.deleted_at is null
     order by ended.created_at, ended.id`,
    [id, store_id]
  )
  return rows.map(({ created_at, ...row }) => ({ ...row, created_at: new Date(created_at) }))
}

/** Writes a decision on the side's own status; undefined when the status is not `expected` any more. */
export async function updateOwnStatus(
  manager: EntityManager,
  change: {
    id: string
    expected: ConnectionStatus
    status: ConnectionStatus
    effective_status: ConnectionStatus
    reason: string | null
    account_id: string | null
  }
): Promise<ConnectionRow | undefined> {
  const [row] = await manager.execute<ConnectionRow[]>(
    `update wholesale_connection
     set status = ?, effective_status = ?, reason = ?, account_id = coalesce(?, account_id),
         approved_at = case when ? = 'active' then coalesce(approved_at, now()) else approved_at end,
         revision = revision + 1, updated_at = now()
     where id = ? and status = ? and deleted_at is null returning *`,
    [
      change.status,
      change.effective_status,
      change.reason,
      change.account_id,
      change.effective_status,
      change.id,
      change.expected,
    ]
  )
  return row && withDates(row)
}

/** Writes what the partner's document says; the side's own revision stays, for nothing of its own changed. */
export async function updatePartnerSide(
  manager: EntityManager,
  change: Pick<
    ConnectionRow,
    | "id"
    | "partner_status"
    | "effective_status"
    | "partner_name"
    | "partner_profile"
    | "partner_incarnation"
    | "partner_revision"
    | "reason"
  >
): Promise<ConnectionRow> {
  const [row] = await manager.execute<ConnectionRow[]>(
    `update wholesale_connection
     set partner_status = ?, effective_status = ?, partner_name = ?, partner_profile = ?::jsonb,
         partner_incarnation = ?, partner_revision = ?, reason = ?,
         approved_at = case when ? = 'active' then coalesce(approved_at, now()) else approved_at end,
         updated_at = now()
     where id = ? returning *`,
    [
      change.partner_status,
      change.effective_status,
      change.partner_name,
      JSON.stringify(change.partner_profile),
      change.partner_incarnation,
      change.partner_revision,
      change.reason,
      change.effective_status,
      change.id,
    ]
  )
  return withDates(row)
}

export async function insertConnectionEvent(
  manager: EntityManager,
  event: {
    connection: Pick<ConnectionRow, "id" | "store_id">
    event: string
    from: ConnectionStatus | null
    to: ConnectionStatus
    actor: Actor
    reason: string | null
    details?: Readonly<Record<string, unknown>>
  }
): Promise<void> {
  await manager.execute(
    `insert into wholesale_connection_event
       (id, store_id, connection_id, event, "from", "to", actor_type, actor_id, reason, details, at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, now())`,
    [
      generateEntityId(undefined, "whconev"),
      event.connection.store_id,
      event.connection.id,
      event.event,
      event.from,
      event.to,
      event.actor.actor_type,
      event.actor.actor_id,
      event.reason,
      event.details ? JSON.stringify(event.details) : null,
    ]
  )
}

/** The driver hands timestamps back as dates or as texts, depending on who opened the connection. */
export function withDates(row: ConnectionRow): ConnectionRow {
  return {
    ...row,
    requested_at: new Date(row.requested_at),
    approved_at: row.approved_at && new Date(row.approved_at),
    created_at: new Date(row.created_at),
    updated_at: new Date(row.updated_at),
  }
}
