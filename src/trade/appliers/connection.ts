import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import { connectionId } from "../../modules/wholesale-connection/domain/connection-id"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import type { Applier } from "./applier"

/** Opens the receiver's side at the partner's first document, and follows the partner's status. */
export const applyConnection: Applier<"connection"> = async (container, receiver, document) => {
  const { pairing_id, role, status, reason, profile } = document.body
  await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .receiveConnection({
      store_id: receiver.store_id,
      pairing_id,
      partner_store_id: await partnerStoreOf(container, document.id),
      document: { role, status, reason, profile, revision: document.revision },
    })
}

/**
 * The store whose side the document is: its id follows from store and pairing, so a document cannot
 * claim another store's side.
 */
async function partnerStoreOf(container: MedusaContainer, documentId: string): Promise<string> {
  const connection = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .retrieveWholesaleConnection(documentId, { select: ["id", "store_id", "pairing_id"] })
  if (connectionId(connection.store_id, connection.pairing_id) !== documentId) {
    throw new Error(`Connection ${documentId} is not the side of the store that keeps it.`)
  }
  return connection.store_id
}
