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

export interface ChangedProfile {
  readonly store_id: string
  /** Of the store's profile. */
  readonly profile_revision: number
  /** This connection alone, also one that has ended; otherwise all of the store's that have not. */
  readonly connection_id?: string
}

/** @returns ids of the connections that were raised */
export async function raiseRevisions(
  manager: EntityManager,
  { store_id, profile_revision, connection_id }: ChangedProfile
): Promise<string[]> {
  const [which, bindings] = connection_id
    ? ["id = ?", [connection_id]]
    : ["effective_status not in ('rejected', 'revoked')", []]
  const raised = await manager.execute<{ id: string }[]>(
    `update wholesale_connection
     set revision = revision + 1, profile_revision = ?, updated_at = now()
     where id in (
       select id from wholesale_connection
       where store_id = ? and profile_revision < ? and ${which} and deleted_at is null
       order by id for update
     )
     returning id`,
    [profile_revision, store_id, profile_revision, ...bindings]
  )
  return raised.map(({ id }) => id)
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
