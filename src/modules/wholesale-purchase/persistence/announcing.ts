import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { KeyPage } from "../../../lib/sql/key-page"
import { moveDocuments, type DocumentMove } from "../../../lib/sql/move-documents"

/** A document whose newest revision has not been announced to the partner of the connection. */
export interface BehindDocument {
  readonly id: string
  readonly store_id: string
  readonly connection_id: string
  readonly revision: number
  readonly announced_revision: number
}

type Announced = "wholesale_purchase_order" | "wholesale_receipt"

/** Notes that a revision has been handed to the transport; an older one than noted changes nothing. */
export async function markAnnounced(
  em: EntityManager,
  table: Announced,
  { id, revision }: { id: string; revision: number }
): Promise<void> {
  await em.execute(
    `update "${table}" set announced_revision = ?, updated_at = now()
      where id = ? and announced_revision < ? and revision >= ?`,
    [revision, id, revision, revision]
  )
}

/** Purchase orders that are behind, of all stores. */
export async function purchaseOrdersToAnnounce(
  em: EntityManager,
  { limit, after = "" }: KeyPage
): Promise<BehindDocument[]> {
  return em.execute<BehindDocument[]>(
    `select id, store_id, connection_id, revision, announced_revision from "wholesale_purchase_order"
      where revision > announced_revision and deleted_at is null and id > ? order by id limit ?`,
    [after, limit]
  )
}

/** Receipts that are behind, of all stores. */
export async function receiptsToAnnounce(
  em: EntityManager,
  { limit, after = "" }: KeyPage
): Promise<BehindDocument[]> {
  return em.execute<BehindDocument[]>(
    `select receipt.id, receipt.store_id, po.connection_id, receipt.revision, receipt.announced_revision
      from "wholesale_receipt" receipt join "wholesale_purchase_order" po on po.id = receipt.purchase_order_id
      where receipt.revision > receipt.announced_revision and receipt.deleted_at is null
        and receipt.id > ?
      order by receipt.id limit ?`,
    [after, limit]
  )
}

/** Purchase orders of one connection, drafts among them, and their receipts go on over another. */
export async function moveToConnection(em: EntityManager, move: DocumentMove): Promise<void> {
  const moved = await moveDocuments(em, "wholesale_purchase_order", move, { travels: true })
  await em.execute(
    `update "wholesale_receipt" set announced_revision = 0, updated_at = now()
      where purchase_order_id in (select json_array_elements_text(?::json))`,
    [JSON.stringify(moved)]
  )
}
