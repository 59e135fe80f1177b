import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { derivedId } from "../../../lib/ids/derived-id"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import type { DocumentFormat, StoredDocumentType } from "../domain/stored-document"

/** Which file: one format of one edition of a document. */
export interface StoredDocumentKey {
  readonly document_type: StoredDocumentType
  /** Of the invoice, the credit note, the shipment, or the account whose statement it is. */
  readonly document_id: string
  /** The same as long as the document says the same. */
  readonly edition: string
  readonly format: DocumentFormat
}

export interface StoredDocument extends StoredDocumentKey {
  readonly id: string
  readonly store_id: string
  /** In Medusa's file module. */
  readonly file_id: string
  readonly filename: string
}

const COLUMNS = "id, store_id, document_type, document_id, edition, format, file_id, filename"

/**
 * Remembers the file that was made of a document, once for an edition and format: where another one is
 * remembered already, also by somebody at the same time, that one is answered.
 *
 * @param lost_file_id the one that was remembered and cannot be read any more: the new one takes its place
 */
export async function rememberStoredDocument(
  manager: EntityManager,
  { document, lost_file_id }: { readonly document: Omit<StoredDocument, "id">; readonly lost_file_id?: string }
): Promise<StoredDocument> {
  const { document_type, document_id, edition, format } = document
  const id = derivedId("whsdoc", document_type, document_id, edition, format)
  const record = { id, ...document }
  await manager.execute(
    insertRecordsSql("wholesale_stored_document", Object.keys(record), { onConflictDoNothing: true }),
    [JSON.stringify([record])]
  )
  if (lost_file_id !== undefined) {
    await manager.execute(
      "update wholesale_stored_document set file_id = ?, filename = ?, updated_at = now() where id = ? and file_id = ?",
      [document.file_id, document.filename, id, lost_file_id]
    )
  }
  const [row] = await manager.execute<[StoredDocument]>(
    `select ${COLUMNS} from wholesale_stored_document where id = ?`,
    [id]
  )
  return row
}

/** The file of a store's document that was remembered, if any. */
export async function storedDocument(
  manager: EntityManager,
  { store_id, document_type, document_id, edition, format }: StoredDocumentKey & { readonly store_id: string }
): Promise<StoredDocument | undefined> {
  const [row] = await manager.execute<StoredDocument[]>(
    `select ${COLUMNS} from wholesale_stored_document
      where store_id = ? and document_type = ? and document_id = ? and edition = ? and format = ?
        and deleted_at is null`,
    [store_id, document_type, document_id, edition, format]
  )
  return row
}
