import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { KeyPage } from "../../../lib/sql/key-page"
import type { PartnerProfile } from "../domain/partner-document"
import { ConnectionRow, withDates } from "./connection-rows"

/** @returns whether the store has such a connection */
export async function writePartnerProfile(
  manager: EntityManager,
  { id, store_id, profile }: { id: string; store_id: string; profile: PartnerProfile }
): Promise<boolean> {
  const rows = await manager.execute<{ id: string }[]>(
    `update wholesale_connection
     set partner_name = ?, partner_profile = ?::jsonb, updated_at = now()
     where id = ? and store_id = ? and deleted_at is null returning id`,
    [profile.name, JSON.stringify(profile), id, store_id]
  )
  return rows.length > 0
}

/** Connections that have ended are left as they are. */
export async function raiseRevisions(manager: EntityManager, storeId: string): Promise<void> {
  await manager.execute(
    `update wholesale_connection set revision = revision + 1, updated_at = now()
     where id in (
       select id from wholesale_connection
       where store_id = ? and effective_status not in ('rejected', 'revoked') and deleted_at is null
       order by id for update
     )`,
    [storeId]
  )
}

export async function connectionsToAnnounce(
  manager: EntityManager,
  { limit, after = "" }: KeyPage
): Promise<ConnectionRow[]> {
  const rows = await manager.execute<ConnectionRow[]>(
    `select * from wholesale_connection
     where revision <> announced_revision and deleted_at is null and id > ?
     order by id limit ?`,
    [after, limit]
  )
  return rows.map(withDates)
}

export async function markAnnounced(
  manager: EntityManager,
  { id, revision }: { id: string; revision: number }
): Promise<void> {
  await manager.execute(
    `update wholesale_connection set announced_revision = ?
     where id = ? and announced_revision < ? and revision >= ?`,
    [revision, id, revision, revision]
  )
}
