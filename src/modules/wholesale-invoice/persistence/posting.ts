import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"

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
 * The payments and credit notes of all stores whose ledger entry is not noted yet, up to `limit` of
 * each: what a crash between document and ledger leaves behind. An entry's own key keeps a document
 * that is only unnoted from being posted twice.
 */
export async function documentsToPost(
  manager: EntityManager,
  limit: number
): Promise<PostableDocument[]> {
  const types = Object.entries(TABLE_OF)
  return await manager.execute<PostableDocument[]>(
    types
      .map(
        ([type, table]) =>
          `(select '${type}' as type, id, store_id from ${table}
             where posted_at is null and deleted_at is null order by id limit ?)`
      )
      .join(" union all "),
    types.map(() => limit)
  )
}
