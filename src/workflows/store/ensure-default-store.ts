import type {
  ISalesChannelModuleService,
  IStockLocationService,
  IStoreModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"

/**
 * Gives a backend that has no wholesale store its first one, from Medusa's own store: name, default
 * currency, sales channel and stock locations. Does nothing where there is one; two at once make one.
 */
export async function ensureDefaultStore(container: MedusaContainer): Promise<void> {
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  const [existing] = await stores.listWholesaleStores({}, { take: 1, select: ["id"] })
  if (existing) {
    return
  }
  const [[coreStore], locations] = await Promise.all([
    container
      .resolve<IStoreModuleService>(Modules.STORE)
      .listStores({}, { take: 1, relations: ["supported_currencies"] }),
    container.resolve<IStockLocationService>(Modules.STOCK_LOCATION).listStockLocations({}, { take: 50 }),
  ])
  const currency =
    coreStore?.supported_currencies?.find(({ is_default }) => is_default)?.currency_code ?? "usd"
  const sales_channel_id = coreStore?.default_sales_channel_id ?? (await firstSalesChannel(container))
  await stores.ensureDefaultStore({
    name: coreStore?.name ?? "My store",
    mode: "both",
    currency_code: currency,
    sales_channel_id,
    stock_location_ids: locations.map(({ id }) => id),
  })
}

async function firstSalesChannel(container: MedusaContainer): Promise<string | null> {
  const [channel] = await container
    .resolve<ISalesChannelModuleService>(Modules.SALES_CHANNEL)
    .listSalesChannels({}, { take: 1, select: ["id"] })
  return channel?.id ?? null
}
