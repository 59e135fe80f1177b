import type { MedusaContainer } from "@medusajs/framework/types"

import type { Actor } from "../../lib/actor/actor"
import type { DocumentOf, DocumentType } from "../documents/registry"

/** The receiving side of a document, and who sent it. */
export interface Receiver {
  readonly store_id: string
  /** The receiver's own side of the connection. */
  readonly connection_id: string
  /** The partner's store: by what the transport knows, never by what the document says. */
  readonly sender_id: string
}

/**
 * Takes a partner's document into the receiver's own books. Applying one again, or an older revision
 * after a newer one, changes nothing. What it throws is kept with the inbox row, which is tried again.
 */
export type Applier<Type extends DocumentType> = (
  container: MedusaContainer,
  receiver: Receiver,
  document: DocumentOf<Type>
) => Promise<void>

/** The partner as the one who acts: known by the connection it acts over. */
export function partnerActor({ connection_id }: Pick<Receiver, "connection_id">): Actor {
  return { actor_type: "partner", actor_id: connection_id }
}
