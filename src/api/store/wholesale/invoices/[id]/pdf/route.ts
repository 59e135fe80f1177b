import { notFound } from "../../../../../../lib/errors/wholesale-error"
import { pdfFile } from "../../../../../../workflows/documents/document-file"
import { invoiceDocument } from "../../../../../../workflows/documents/invoice-document"
import { portalDocument } from "../../../../../route-kit/document-route"

export const GET = portalDocument({
  handler: async ({ container, store, account, params: { id } }) => {
    const { document, invoice } = await invoiceDocument(container, store, id)
    if (invoice.account_id !== account.id) {
      throw notFound("Invoice", id)
    }
    return pdfFile(document)
  },
})
