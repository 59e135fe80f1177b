import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { KeyPage } from "../../lib/sql/key-page"

/** A revision of the profile that a store shows its partners. */
export interface ProfileRevision {
  /** The store's. */
  readonly id: string
  readonly profile_revision: number
}

/** Stores whose newest profile is not on all of their connections yet. */
export async function profilesToAnnounce(
  manager: EntityManager,
  { limit, after = "" }: KeyPage
): Promise<ProfileRevision[]> {
  return await manager.execute<ProfileRevision[]>(
    `select id, profile_revision from wholesale_store
     where profile_revision <> profile_announced_revision and deleted_at is null and id > ?
     order by id limit ?`,
    [after, limit]
  )
}

export async function markProfileAnnounced(
  manager: EntityManager,
  { id, profile_revision }: ProfileRevision
): Promise<void> {
  await manager.execute(
    `update wholesale_store set profile_announced_revision = ?
     where id = ? and profile_announced_revision < ? and profile_revision >= ?`,
    [profile_revision, id, profile_revision, profile_revision]
  )
}
