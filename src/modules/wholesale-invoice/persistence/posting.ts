import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import type { KeyPage } from "../../../lib/sql/key-page"

const TABLE_OF = {
  payment: "wholesale_payment",
  credit_note: "wholesale_credit_note",
} as const

export interface PostableDocument {
  readonly type: keyof typeof TABLE_OF
  readonly id: string
  readonly store_id: string
}

/**
 * Notes that the document's entry stands in its account's ledger; the first time counts.
 *
 * @throws WholesaleError 404
 */
export async function markPosted(
  manager: EntityManager,
  { type, id, store_id }: PostableDocument
): Promise<void> {
  const marked = await manager.execute<{ id: string }[]>(
    `update ${TABLE_OF[type]} set posted_at = coalesce(posted_at, now()), updated_at = now()
      where id = ? and store_id = ? and deleted_at is null returning id`,
    [id, store_id]
  )
  if (!marked.length) {
    throw notFound(type === "payment" ? "Payment" : "Credit note", id)
  }
}

/**
 * The payments, or the credit notes, of all stores whose ledger entry is not noted yet: what a crash
 * between document and ledger leaves behind. An entry's own key keeps a document that is only unnoted
 * from being posted twice.
 */
export async function documentsToPost(
  manager: EntityManager,
  { type, limit, after = "" }: KeyPage & Pick<PostableDocument, "type">
): Promise<Omit<PostableDocument, "type">[]> {
  return await manager.execute<Omit<PostableDocument, "type">[]>(
    `select id, store_id from ${TABLE_OF[type]}
      where posted_at is null and deleted_at is null and id > ? order by id limit ?`,
    [after, limit]
  )
}
