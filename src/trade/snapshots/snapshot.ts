import type { MedusaContainer } from "@medusajs/framework/types"

import type { KeyPage } from "../../lib/sql/key-page"
import type { DocumentOf, DocumentType } from "../documents/registry"

/** A document as it is now, for the partner of one connection. */
export interface Snapshot<Type extends DocumentType> {
  readonly store_id: string
  /** The owner's own side. */
  readonly connection_id: string
  /** As the documents of the trade name it, which may not be the row's id. */
  readonly document_id: string
  readonly revision: number
  readonly body: DocumentOf<Type>["body"]
}

/** Knows one type of document where it is kept. */
export interface DocumentSource<Type extends DocumentType> {
  readonly type: Type
  /** Undefined for a document that concerns no partner, or is not to be told yet. */
  snapshot(container: MedusaContainer, id: string): Promise<Snapshot<Type> | undefined>
  /**
   * The row's revision now, for documents that are read in several statements: one that moved on while
   * it was read is read again.
   */
  revisionOf?(container: MedusaContainer, id: string): Promise<number>
  /** Notes that the revision has been handed to the transport. */
  markAnnounced(container: MedusaContainer, input: { id: string; revision: number }): Promise<void>
  /** Rows whose newest revision has not been handed over, of all stores. */
  behind(container: MedusaContainer, page: KeyPage): Promise<readonly { readonly id: string }[]>
}
