import type { MedusaContainer } from "@medusajs/framework/types"

import type { TradingStores } from "../../scripts/fixture/trading-stores"
import { WHOLESALE_CATALOG } from "../../src/modules/wholesale-catalog"
import type { CatalogEntry } from "../../src/modules/wholesale-catalog/domain/item-input"
import type WholesaleCatalogModuleService from "../../src/modules/wholesale-catalog/service"
import { WHOLESALE_CONNECTION } from "../../src/modules/wholesale-connection"
import type { ConnectionStatus } from "../../src/modules/wholesale-connection/domain/connection-machine"
import type WholesaleConnectionModuleService from "../../src/modules/wholesale-connection/service"

/** What a supplier offers: one a piece at 1.00 unless said otherwise. */
export type Offer = Pick<CatalogEntry, "sku"> & Partial<CatalogEntry>

export interface SupplierFixture {
  readonly connection_id: string
  /** The supplier sends a catalog. */
  offer(revision: number, offers: readonly Offer[]): Promise<void>
  /** The supplier sends its side of the connection. */
  decide(revision: number, status: ConnectionStatus): Promise<void>
}

/**
 * The retailer's side of a connection as its services have it once the distributor has approved. No
 * transport leads to the distributor, so that it answers only what a test lets it answer.
 */
export async function connectSupplier(
  container: MedusaContainer,
  { distributor, retailer }: TradingStores
): Promise<SupplierFixture> {
  const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
  const catalog = container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
  const actor = { actor_type: "user", actor_id: retailer.user.id } as const
  const { code } = await connections.generatePairingCode({ store_id: distributor.id, actor })
  const pairing = await connections.claimPairingCode({ code, caller_store_id: retailer.id })
  const profile = { name: distributor.name, currency_code: "usd" }
  const { id: connection_id } = await connections.requestConnection({
    store_id: retailer.id,
    pairing_id: pairing.id,
    transport: "none",
    partner_store_id: distributor.id,
    partner_profile: profile,
    actor,
  })
  const decide = async (revision: number, status: ConnectionStatus) => {
    await connections.receiveConnection({
      store_id: retailer.id,
      pairing_id: pairing.id,
      partner_store_id: distributor.id,
      document: { role: "distributor", status, reason: null, profile, incarnation: 1, revision },
    })
  }
  const offer = async (revision: number, offers: readonly Offer[]) => {
    await catalog.applySupplierCatalog({
      store_id: retailer.id,
      connection_id,
      revision,
      items: offers.map((entry) => ({
        title: `Goods ${entry.sku}`,
        currency_code: "usd",
        price: "1",
        minimum_quantity: 1,
        order_multiple: 1,
        ...entry,
      })),
    })
  }
  await decide(1, "active")
  return { connection_id, offer, decide }
}
