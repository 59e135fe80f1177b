import type { DocumentFormat, StoredDocumentType } from "../../modules/wholesale-invoice/domain/stored-document"
import { storeDocument } from "../../schemas/documents"
import { storeDocumentWorkflow } from "../../workflows/documents/store-document"
import { taxedDocumentFile } from "../../workflows/documents/taxed-document"
import { adminWrite } from "./admin-route"
import { adminDocument } from "./document-route"
import { SALES } from "./flag-gate"
import { created } from "./route-answer"

/** The route of an invoice or a credit note as a file. */
export function taxedDocument(type: StoredDocumentType, format: DocumentFormat) {
  return adminDocument({
    flags: SALES,
    handler: async ({ container, store, params: { id } }) =>
      (await taxedDocumentFile(container, store, { type, id, format })).file,
  })
}

/** The route that writes such a file through Medusa's file module, once for each revision. */
export function storedDocument(type: StoredDocumentType) {
  return adminWrite({
    flags: SALES,
    body: storeDocument,
    handler: async ({ container, store, params: { id }, body: { format } }) => {
      const { result } = await storeDocumentWorkflow(container).run({ input: { store_id: store.id, type, id, format } })
      const { store_id: _, ...stored_document } = result
      return created({ stored_document })
    },
  })
}
