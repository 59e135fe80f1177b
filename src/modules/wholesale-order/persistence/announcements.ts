import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { KeyPage } from "../../../lib/sql/key-page"
import { moveDocuments, type DocumentMove } from "../../../lib/sql/move-documents"

/** A document whose newest revision its partner may not have. */
export interface Unannounced {
  readonly id: string
  readonly store_id: string
  readonly connection_id: string
  readonly revision: number
}

const TABLE_OF = {
  order: "wholesale_order",
  order_response: "wholesale_order_response",
} as const

interface Travelling {
  readonly type: keyof typeof TABLE_OF
}

/** Documents of one type whose partner may not have their newest revision, of all stores. */
export async function documentsToAnnounce(
  em: EntityManager,
  { type, limit, after = "" }: Travelling & KeyPage
): Promise<Unannounced[]> {
  return await em.execute<Unannounced[]>(
    `select id, store_id, connection_id, revision from "${TABLE_OF[type]}"
     where revision > announced_revision and connection_id is not null and deleted_at is null and id > ?
     order by id limit ?`,
    [after, limit]
  )
}

/** Notes a revision as handed to the transport; an older one than noted changes nothing. */
export async function markAnnounced(
  em: EntityManager,
  { type, id, revision }: Travelling & { readonly id: string; readonly revision: number }
): Promise<void> {
  await em.execute(
    `update "${TABLE_OF[type]}" set announced_revision = ? where id = ? and announced_revision < ?`,
    [revision, id, revision]
  )
}

/** See `WholesaleOrderModuleService.moveDocuments`. */
export async function moveToConnection(em: EntityManager, move: DocumentMove): Promise<void> {
  const options = { unique: ["purchase_order_id"], travels: true }
  await moveDocuments(em, TABLE_OF.order, move, options)
  await moveDocuments(em, TABLE_OF.order_response, move, options)
}
