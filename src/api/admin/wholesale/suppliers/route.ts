import { WHOLESALE_CATALOG } from "../../../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../../../modules/wholesale-catalog/service"
import { WHOLESALE_CONNECTION } from "../../../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../../../modules/wholesale-connection/service"
import { listQuery } from "../../../../schemas/common"
import { adminRead } from "../../../route-kit/admin-route"
import { PURCHASING } from "../../../route-kit/flag-gate"
import { listConfig, page } from "../../../route-kit/list-options"
import { ok } from "../../../route-kit/route-answer"

/** The distributors that the store buys from. */
export const GET = adminRead({
  flags: PURCHASING,
  query: listQuery({}),
  handler: async ({ container, store, query }) => {
    const [connections, count] = await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .listAndCountWholesaleConnections(
        {
          store_id: store.id,
          role: "retailer",
          effective_status: ["active", "suspended"],
          ...(query.q && { q: query.q }),
        },
        listConfig(query, ["created_at", "partner_name", "id"])
      )
    const catalogs = await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .listWholesaleSupplierCatalogs({ connection_id: connections.map(({ id }) => id) })
    const byConnection = new Map(catalogs.map((catalog) => [catalog.connection_id, catalog]))
    const suppliers = connections.map((connection) => ({
      connection_id: connection.id,
      name: connection.partner_name,
      status: connection.effective_status,
      item_count: byConnection.get(connection.id)?.item_count ?? 0,
      catalog_revision: byConnection.get(connection.id)?.revision ?? 0,
      catalog_received_at: byConnection.get(connection.id)?.applied_at ?? null,
      currency_code: connection.partner_profile?.currency_code ?? null,
    }))
    return ok(page("suppliers", suppliers, count, query))
  },
})
