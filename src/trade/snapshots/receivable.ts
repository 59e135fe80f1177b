import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import type { DocumentSource } from "./snapshot"

type Receivable = "invoice" | "credit_note" | "payment"

/** The source of a document that the invoice module keeps: they are announced alike. */
export function receivableSource<Type extends Receivable>(
  type: Type,
  snapshot: DocumentSource<Type>["snapshot"],
  revisionOf?: DocumentSource<Type>["revisionOf"]
): DocumentSource<Type> {
  return {
    type,
    snapshot,
    ...(revisionOf && { revisionOf }),
    async markAnnounced(container, input) {
      await container
        .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
        .markAnnounced({ document_type: type, ...input })
    },
    async behind(container, page) {
      return container
        .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
        .documentsToAnnounce({ document_type: type, ...page })
    },
  }
}
