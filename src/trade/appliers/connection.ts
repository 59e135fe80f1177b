import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import { connectionId } from "../../modules/wholesale-connection/domain/connection-id"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import { takeOverDocuments } from "../../workflows/connection/take-over-documents"
import type { Applier, Receiver } from "./applier"

/**
 * Opens the receiver's side at the partner's first document, and follows the partner's status: once the
 * distributor approves, the retailer's documents of connections before go on over this one.
 *
 * A side's id follows from its store and the pairing, so that nobody can tell of another's side; and
 * over a sealed channel a partner tells of the pairing that made the channel and of no other.
 */
export const applyConnection: Applier<"connection"> = async (container, receiver, document) => {
  const { pairing_id, role, status, reason, profile } = document.body
  const { store_id, sender_id, connection_id } = receiver
  const { incarnation, revision } = document
  if (connectionId(sender_id, pairing_id) !== document.id) {
    throw new Error(`Connection ${document.id} is not the side of ${sender_id}, which sent it.`)
  }
  const channel = await channelOf(container, receiver)
  if (channel && channel.pairing_id !== pairing_id) {
    throw new Error(`Connection ${document.id} is of another pairing than the channel it came by.`)
  }
  const { connection } = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .receiveConnection({
      id: connection_id,
      store_id,
      pairing_id,
      transport: channel ? "relay" : "local",
      partner_store_id: sender_id,
      document: { role, status, reason, profile, incarnation, revision },
    })
  if (connection.role === "retailer" && connection.effective_status === "active") {
    await takeOverDocuments(container, connection)
  }
}

async function channelOf(
  container: MedusaContainer,
  { connection_id, store_id }: Receiver
): Promise<{ pairing_id: string } | undefined> {
  const [channel] = await container
    .resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
    .listWholesaleRelayChannels({ id: connection_id, store_id }, { select: ["id", "pairing_id"] })
  return channel
}
