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
    const connection = await connections.retrieveWholesaleConnection(id)
    const [store, [last]] = await Promise.all([
      container
        .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
        .retrieveWholesaleStore(connection.store_id),
      connections.listWholesaleConnectionEvents(
        { connection_id: id },
        { take: 1, order: { at: "DESC", id: "DESC" } }
      ),
    ])
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
