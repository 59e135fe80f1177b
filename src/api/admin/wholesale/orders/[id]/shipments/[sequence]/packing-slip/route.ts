import { pdfFile } from "../../../../../../../../workflows/documents/document-file"
import { packingSlipDocument } from "../../../../../../../../workflows/documents/packing-slip-document"
import { adminDocument } from "../../../../../../../route-kit/document-route"
import { SALES } from "../../../../../../../route-kit/flag-gate"

export const GET = adminDocument({
  flags: SALES,
  handler: async ({ container, store, params: { id, sequence } }) =>
    pdfFile((await packingSlipDocument(container, store, { order_id: id, sequence })).document),
})
