import type { MedusaContainer } from "@medusajs/framework/types"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import type { DocumentFormat, TaxedDocumentType } from "../../modules/wholesale-invoice/domain/stored-document"
import type { Store } from "../../modules/wholesale-store/service"
import { creditNoteDocument } from "./credit-note-document"
import { taxedFile, type DocumentFile } from "./document-file"
import { invoiceDocument } from "./invoice-document"

export interface TaxedDocumentRef {
  readonly type: TaxedDocumentType
  readonly id: string
  readonly format: DocumentFormat
}

/**
 * The file of an invoice or a credit note, and the revision of the document that it is of.
 *
 * @throws WholesaleError 404; 409 `invoice_void` for an e-invoice of what is none any more
 */
export async function taxedDocumentFile(
  container: MedusaContainer,
  store: Store,
  { type, id, format }: TaxedDocumentRef
): Promise<{ file: DocumentFile; revision: number }> {
  if (type === "credit_note") {
    const { document, credit_note } = await creditNoteDocument(container, store, id)
    return { file: taxedFile(document, format), revision: credit_note.revision }
  }
  const { document, invoice } = await invoiceDocument(container, store, id)
  if (invoice.status === "void" && format !== "pdf") {
    throw new WholesaleError(
      409,
      "invoice_void",
      `Invoice ${invoice.number} is void and is not sent as an e-invoice. Its PDF says that it is void.`,
      { invoice_id: id, number: invoice.number, status: invoice.status }
    )
  }
  return { file: taxedFile(document, format), revision: invoice.revision }
}
