import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { ownedRow } from "../../lib/errors/owned-row"

/**
 * A connection over which the store buys.
 * @throws WholesaleError 404 where it is missing, another store's, or one the store sells over
 */
export async function supplierConnection(container: MedusaContainer, storeId: string, id: string) {
  const rows = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .listWholesaleConnections({ id, store_id: storeId, role: "retailer" }, { take: 1 })
  return ownedRow(rows, "Supplier", id)
}
