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
import { taxedDocumentFile, type TaxedDocumentRef } from "./taxed-document"

export interface StoreDocumentInput extends TaxedDocumentRef {
  readonly store_id: string
}

const storeDocumentStep = createStep(
  "wholesale-store-document",
  async ({ store_id, ...ref }: StoreDocumentInput, { container }) => {
    const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    const store = await container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(store_id)
    const { file, revision } = await taxedDocumentFile(container, store, ref)
    const key = { store_id, document_type: ref.type, document_id: ref.id, revision, format: ref.format }
    const known = await invoices.storedDocument(key)
    if (known) {
      return new StepResponse(known)
    }
    const file_id = await upload(container, file)
    return new StepResponse(await remember(container, { ...key, file_id, filename: file.filename }))
  }
)

/**
 * Writes an invoice or a credit note through Medusa's file module, for itself alone (`private`), once for
 * a revision of it and a format: asked again, it answers the file that there is.
 *
 * @throws WholesaleError as `taxedDocumentFile` and the writer of the format do
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
