import type { DocumentFormat, TaxedDocumentType } from "../../modules/wholesale-invoice/domain/stored-document"
import { storeDocument } from "../../schemas/documents"
import { taxedDocumentFile } from "../../workflows/documents/taxed-document"
import { adminDocument } from "./document-route"
import { SALES } from "./flag-gate"
import { storeDocumentRoute } from "./store-document-route"

/** The route of an invoice or a credit note as a file. */
export function taxedDocument(type: TaxedDocumentType, format: DocumentFormat) {
  return adminDocument({
    flags: SALES,
    handler: async ({ container, store, params: { id } }) =>
      (await taxedDocumentFile(container, store, { type, id, format })).file,
  })
}

/** The route that keeps such a file. */
export function storeTaxedDocumentRoute(type: TaxedDocumentType) {
  return storeDocumentRoute({ body: storeDocument, document: ({ id }, { format }) => ({ type, id, format }) })
}
