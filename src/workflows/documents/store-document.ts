import { buffer } from "node:stream/consumers"
import { PassThrough } from "node:stream"

import type { IFileModuleService, Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, WorkflowResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import { messageOf } from "../../lib/errors/message-of"
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
    if (known && (await canBeRead(container, known))) {
      return new StepResponse(known)
    }
    const file_id = await upload(container, file)
    const made = { store_id, ...key, file_id, filename: file.filename }
    return new StepResponse(await remember(container, { document: made, lost_file_id: known?.file_id }))
  }
)

/**
 * Writes a document through Medusa's file module, for itself alone (`private`), once for an edition of it and
 * a format: asked again while the document says the same, it answers the file that there is, and makes one that
 * can no longer be read anew.
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

/** Providers answer an address also for a file that is gone: only reading it tells. */
async function canBeRead(container: MedusaContainer, { file_id }: StoredDocument): Promise<boolean> {
  try {
    await container.resolve<IFileModuleService>(Modules.FILE).getAsBuffer(file_id)
    return true
  } catch (error) {
    warn(container, `The file ${file_id} cannot be read and is made anew`, error)
    return false
  }
}

/** A file that nobody would know of is taken away again. */
async function remember(
  container: MedusaContainer,
  remembered: { readonly document: Omit<StoredDocument, "id">; readonly lost_file_id?: string }
): Promise<StoredDocument> {
  const { file_id } = remembered.document
  let stored: StoredDocument | undefined
  try {
    stored = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .rememberStoredDocument(remembered)
    return stored
  } finally {
    if (stored?.file_id !== file_id) {
      await container
        .resolve<IFileModuleService>(Modules.FILE)
        .deleteFiles(file_id)
        .catch((error: unknown) => warn(container, `The file ${file_id}, which nothing refers to, could not be deleted`, error))
    }
  }
}

function warn(container: MedusaContainer, what: string, error: unknown): void {
  container
    .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    .warn(`Wholesale: ${what}: ${messageOf(error)}`)
}
