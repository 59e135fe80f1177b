import type {
  ISalesChannelModuleService,
  IStockLocationService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { notFound } from "../../lib/errors/wholesale-error"
import type { StoreSettings } from "../../modules/wholesale-store/domain/store-settings"
import { usableLogo } from "../documents/printed-branding"

/**
 * @throws WholesaleError 404 for a stock location or sales channel that core does not have; 422
 * `unusable_logo` for a file that is none
 */
export async function assertCoreRows(
  container: MedusaContainer,
  { stock_location_ids = [], sales_channel_id, logo_file_id }: Partial<StoreSettings>
): Promise<void> {
  if (stock_location_ids.length) {
    const found = await container
      .resolve<IStockLocationService>(Modules.STOCK_LOCATION)
      .listStockLocations({ id: stock_location_ids }, { take: stock_location_ids.length, select: ["id"] })
    const known = new Set(found.map(({ id }) => id))
    const missing = stock_location_ids.find((id) => !known.has(id))
    if (missing) {
      throw notFound("Stock location", missing)
    }
  }
  if (sales_channel_id) {
    const found = await container
      .resolve<ISalesChannelModuleService>(Modules.SALES_CHANNEL)
      .listSalesChannels({ id: [sales_channel_id] }, { take: 1, select: ["id"] })
    if (found.length === 0) {
      throw notFound("Sales channel", sales_channel_id)
    }
  }
  if (logo_file_id) {
    await usableLogo(container, logo_file_id)
  }
}
