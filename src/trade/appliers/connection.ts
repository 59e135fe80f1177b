import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import { connectionId } from "../../modules/wholesale-connection/domain/connection-id"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import type { Applier } from "./applier"

/**
 * Opens the receiver's side at the partner's first document, and follows the partner's status.
 *
 * A side's id follows from its store and the pairing, so that nobody can tell of another's side.
 */
export const applyConnection: Applier<"connection"> = async (container, receiver, document) => {
  const { pairing_id, role, status, reason, profile } = document.body
  const { store_id, sender_id } = receiver
  const { incarnation, revision } = document
  if (connectionId(sender_id, pairing_id) !== document.id) {
    throw new Error(`Connection ${document.id} is not the side of ${sender_id}, which sent it.`)
  }
  await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .receiveConnection({
      store_id,
      pairing_id,
      partner_store_id: sender_id,
      document: { role, status, reason, profile, incarnation, revision },
    })
}
