import type { MedusaContainer } from "@medusajs/framework/types"

import type { PrintedDocument } from "../../documents/pdf/compose"
import { contentHash } from "../../lib/hash/content-hash"
import type { StoredDocumentKey } from "../../modules/wholesale-invoice/persistence/stored-documents"
import type { Store } from "../../modules/wholesale-store/service"
import { pdfFile, type DocumentFile } from "./document-file"
import { packingSlipDocument, type ShipmentOfOrder } from "./packing-slip-document"
import { statementDocument } from "./statement-document"
import { taxedDocumentFile, type TaxedDocumentRef } from "./taxed-document"

/** A document of which a file can be kept. */
export type DocumentToStore =
  | TaxedDocumentRef
  | ({ readonly type: "packing_slip" } & ShipmentOfOrder)
  /** The first and the last day, `2026-01-31`: what a workflow is given is JSON. */
  | { readonly type: "statement"; readonly account_id: string; readonly from: string; readonly to: string }

/** @throws WholesaleError what keeps the document from being made */
export async function fileToStore(
  container: MedusaContainer,
  store: Store,
  of: DocumentToStore
): Promise<{ key: StoredDocumentKey; file: DocumentFile }> {
  switch (of.type) {
    case "packing_slip": {
      const { document, shipment } = await packingSlipDocument(container, store, of)
      return {
        key: { document_type: of.type, document_id: shipment.id, edition: saidBy(document), format: "pdf" },
        file: pdfFile(document),
      }
    }
    case "statement": {
      const period = { from: new Date(of.from), to: new Date(of.to) }
      const document = await statementDocument(container, store, { account_id: of.account_id, ...period })
      const edition = `${document.from}/${document.to} ${saidBy(document)}`
      return {
        key: { document_type: of.type, document_id: of.account_id, edition, format: "pdf" },
        file: pdfFile(document),
      }
    }
    default: {
      const { file, revision } = await taxedDocumentFile(container, store, of)
      return {
        key: { document_type: of.type, document_id: of.id, edition: String(revision), format: of.format },
        file,
      }
    }
  }
}

/** A hash of all that a document says; its logo and colour say nothing. */
function saidBy({ branding: _, ...document }: PrintedDocument): string {
  return contentHash(document)
}
