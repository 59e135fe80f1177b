import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"

/**
 * Gives lines without a variant the one their SKU is mapped to by now: a draft may have been written
 * in the moment of the mapping, or the server have died between the two halves of it.
 *
 * @throws WholesaleError 404
 */
export async function adoptMappings(
  container: MedusaContainer,
  { store_id, id }: { readonly store_id: string; readonly id: string }
): Promise<void> {
  const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
  const { connection_id, lines } = await purchase.purchaseOrder(store_id, id)
  const skus = lines.filter(({ variant_id }) => variant_id === null).map((line) => line.supplier_sku)
  if (skus.length === 0) {
    return
  }
  const mappings = await container
    .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
    .mappings({ store_id, connection_id, skus })
  if (mappings.length > 0) {
    await purchase.mapLines({ store_id, connection_id, mappings })
  }
}
