import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { storeProfile } from "../store-profile"
import type { DocumentSource } from "./snapshot"

export const connectionSource: DocumentSource<"connection"> = {
  type: "connection",
  async snapshot(container, id) {
    const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    const { connection, store } = await connectionAndStore(container, id)
    const [last] = await connections.listWholesaleConnectionEvents(
      { connection_id: id },
      { take: 1, order: { at: "DESC", id: "DESC" } }
    )
    return {
      store_id: connection.store_id,
      connection_id: id,
      document_id: id,
      revision: connection.revision,
      body: {
        version: 1,
        pairing_id: connection.pairing_id,
        role: connection.role,
        event: last?.event ?? null,
        status: connection.status,
        reason: connection.reason,
        requested_at: connection.requested_at.toISOString(),
        profile: storeProfile(store),
      },
    }
  },
  async revisionOf(container, id) {
    const { revision } = await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .retrieveWholesaleConnection(id, { select: ["id", "revision"] })
    return revision
  },
  async markAnnounced(container, input) {
    await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .markAnnounced(input)
  },
  async behind(container, page) {
    return container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .connectionsToAnnounce(page)
  },
}

/**
 * The connection with the profile that its revision stands for. A profile that changed meanwhile makes
 * a revision of its own, or the partner would get one revision with two contents.
 */
async function connectionAndStore(container: MedusaContainer, id: string) {
  const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  for (;;) {
    const connection = await connections.retrieveWholesaleConnection(id)
    const { store_id } = connection
    const store = await stores.retrieveWholesaleStore(store_id)
    const { profile_revision } = store
    if (connection.profile_revision >= profile_revision) {
      return { connection, store }
    }
    await connections.raiseRevisions({ store_id, profile_revision, connection_id: id })
  }
}
