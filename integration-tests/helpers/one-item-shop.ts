import type { MedusaContainer } from "@medusajs/framework/types"

import { createTradingStores } from "../../scripts/fixture/trading-stores"
import { seedVariants, type SeededVariant } from "./stock-fixtures"
import { connectStores, offerGoods, type Partnership } from "./trade"

interface OfferedItem {
  readonly sku: string
  /** Net, in dollars. */
  readonly price: string
  /** On the distributor's shelf. */
  readonly stocked: number
  /** Of the retailer's account; null for none. */
  readonly credit_limit: string | null
}

/** Two stores that are connected, and one item that the distributor offers. */
export async function openOneItemShop(
  container: MedusaContainer,
  { sku, price, stocked, credit_limit }: OfferedItem
): Promise<{ partnership: Partnership; item: SeededVariant }> {
  const stores = await createTradingStores(container)
  const { id, location_id } = stores.distributor
  const [item] = await seedVariants(container, [{ sku, stocked: { [location_id]: stocked } }])
  const partnership = await connectStores(container, stores, credit_limit)
  await offerGoods(container, id, "usd", [{ variant_id: item.variant_id, price }])
  return { partnership, item }
}
