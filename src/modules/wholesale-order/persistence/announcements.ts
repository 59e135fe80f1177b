import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

/** A document whose newest revision its partner may not have. */
export interface Unannounced {
  readonly id: string
  readonly store_id: string
  readonly connection_id: string
  readonly revision: number
}

type Travelling = "wholesale_order" | "wholesale_order_response"

/** Documents that travel and are behind, oldest ids first. */
export async function unannounced(
  em: EntityManager,
  table: Travelling,
  limit: number
): Promise<Unannounced[]> {
  return await em.execute<Unannounced[]>(
    `select id, store_id, connection_id, revision from "${table}"
     where revision > announced_revision and connection_id is not null and deleted_at is null
     order by id limit ?`,
    [limit]
  )
}

/** Notes a revision as handed to the transport; an older one than noted changes nothing. */
export async function markAnnounced(
  em: EntityManager,
  table: Travelling,
  { id, revision }: { readonly id: string; readonly revision: number }
): Promise<void> {
  await em.execute(
    `update "${table}" set announced_revision = ? where id = ? and announced_revision < ?`,
    [revision, id, revision]
  )
}
