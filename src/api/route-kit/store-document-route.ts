import type { z } from "@medusajs/framework/zod"

import type { DocumentToStore } from "../../workflows/documents/document-to-store"
import { storeDocumentWorkflow } from "../../workflows/documents/store-document"
import { adminWrite } from "./admin-route"
import { SALES } from "./flag-gate"
import { noBody } from "./handle-once"
import { created } from "./route-answer"

/** A route that writes a document's file through Medusa's file module, once for each edition of the document. */
export function storeDocumentRoute<Body extends z.ZodType = typeof noBody>(spec: {
  readonly body?: Body
  readonly document: (params: Readonly<Record<string, string>>, body: z.output<Body>) => DocumentToStore
}) {
  return adminWrite({
    flags: SALES,
    body: spec.body,
    handler: async ({ container, store, params, body }) => {
      const document = spec.document(params, body)
      const { result } = await storeDocumentWorkflow(container).run({ input: { store_id: store.id, document } })
      const { store_id: _, ...stored_document } = result
      return created({ stored_document })
    },
  })
}
