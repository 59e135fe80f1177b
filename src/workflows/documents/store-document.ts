import { buffer } from "node:stream/consumers"
import { PassThrough } from "node:stream"

import type { IFileModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, WorkflowResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { StoredDocument } from "../../modules/wholesale-invoice/persistence/stored-documents"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import type { DocumentFile } from "./document-file"
import { fileToStore, type DocumentToStore } from "./document-to-store"

export interface StoreDocumentInput {
  readonly store_id: string
  readonly document: DocumentToStore
}

const storeDocumentStep = createStep(
  "wholesale-store-document",
  async ({ store_id, document }: StoreDocumentInput, { container }) => {
    const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    const store = await container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(store_id)
    const { file, key } = await fileToStore(container, store, document)
    const known = await invoices.storedDocument({ store_id, ...key })
    if (known) {
      return new StepResponse(known)
    }
    const file_id = await upload(container, file)
    return new StepResponse(await remember(container, { store_id, ...key, file_id, filename: file.filename }))
  }
)

/**
 * Writes a document through Medusa's file module, for itself alone (`private`), once for an edition of it and
 * a format: asked again while the document says the same, it answers the file that there is.
 *
 * @throws WholesaleError as `fileToStore` and the writer of the format do
 */
export const storeDocumentWorkflow = createWorkflow(
  "wholesale-store-document",
  (input: WorkflowData<StoreDocumentInput>) => new WorkflowResponse(storeDocumentStep(input))
)

async function upload(container: MedusaContainer, { filename, mime_type, write }: DocumentFile): Promise<string> {
  const through = new PassThrough()
  const [content] = await Promise.all([buffer(through), write(through)])
  const { id } = await container.resolve<IFileModuleService>(Modules.FILE).createFiles({
    filename,
    mimeType: mime_type,
    content: content.toString("base64"),
    access: "private",
  })
  return id
}

/** A file that nobody would know of is taken away again. */
async function remember(container: MedusaContainer, document: Omit<StoredDocument, "id">): Promise<StoredDocument> {
  const takeAway = () => container.resolve<IFileModuleService>(Modules.FILE).deleteFiles(document.file_id)
  const remembered = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .rememberStoredDocument(document)
    .catch(async (error: unknown) => {
      await takeAway()
      throw error
    })
  if (remembered.file_id !== document.file_id) {
    await takeAway()
  }
  return remembered
}
