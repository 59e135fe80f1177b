import { pdfFile } from "../../../../../../workflows/documents/document-file"
import { proFormaDocument } from "../../../../../../workflows/documents/pro-forma-document"
import { adminDocument } from "../../../../../route-kit/document-route"
import { SALES } from "../../../../../route-kit/flag-gate"

export const GET = adminDocument({
  flags: SALES,
  handler: async ({ container, store, params }) =>
    pdfFile(await proFormaDocument(container, store, params.id)),
})
