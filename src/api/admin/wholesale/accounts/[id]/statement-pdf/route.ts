import { statement } from "../../../../../../schemas/reports"
import { pdfFile } from "../../../../../../workflows/documents/document-file"
import { statementDocument } from "../../../../../../workflows/documents/statement-document"
import { adminDocument } from "../../../../../route-kit/document-route"
import { SALES } from "../../../../../route-kit/flag-gate"

export const GET = adminDocument({
  flags: SALES,
  query: statement,
  handler: async ({ container, store, params, query }) =>
    pdfFile(await statementDocument(container, store, { account_id: params.id, ...query })),
})
