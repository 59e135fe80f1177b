import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { KeyPage } from "../../../lib/sql/key-page"
import { moveDocuments, type DocumentMove } from "../../../lib/sql/move-documents"

const TABLE_OF = {
  invoice: "wholesale_invoice",
  credit_note: "wholesale_credit_note",
  payment: "wholesale_payment",
} as const

export type AnnouncedDocumentType = keyof typeof TABLE_OF

export interface DocumentToAnnounce {
  readonly id: string
  readonly store_id: string
  readonly connection_id: string
  readonly revision: number
}

/** The documents of one type, of all stores, whose newest revision a partner has not been told. */
export async function documentsToAnnounce(
  manager: EntityManager,
  { document_type, limit, after = "" }: KeyPage & { readonly document_type: AnnouncedDocumentType }
): Promise<DocumentToAnnounce[]> {
  return await manager.execute<DocumentToAnnounce[]>(
    `select id, store_id, connection_id, revision from ${TABLE_OF[document_type]}
      where revision > announced_revision and connection_id is not null and deleted_at is null
        and id > ?
      order by id limit ?`,
    [after, limit]
  )
}

/** Remembers the newest revision that was announced; an older one than remembered changes nothing. */
export async function markAnnounced(
  manager: EntityManager,
  document: { readonly document_type: AnnouncedDocumentType; readonly id: string; readonly revision: number }
): Promise<void> {
  await manager.execute(
    `update ${TABLE_OF[document.document_type]} set announced_revision = ?, updated_at = now()
      where id = ? and announced_revision < ? and revision >= ?`,
    [document.revision, document.id, document.revision, document.revision]
  )
}

/** What was invoiced over one connection, and what a partner's invoices were kept as, goes on over another. */
export async function moveToConnection(manager: EntityManager, move: DocumentMove): Promise<void> {
  for (const table of Object.values(TABLE_OF)) {
    await moveDocuments(manager, table, move, { travels: true })
  }
  await moveDocuments(manager, "wholesale_bill", move, { unique: ["invoice_id"] })
  await moveDocuments(manager, "wholesale_bill_document", move, { unique: ["kind", "document_id", "invoice_id"] })
}
