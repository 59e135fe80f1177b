import { basename } from "node:path"
import type { CreateStockLocationInput, IStockLocationService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { derivedId } from "../../src/lib/ids/derived-id"
import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import { CURRENCY } from "./judge-row"

export interface ReplayStore {
  readonly id: string
  readonly name: string
  readonly location_id: string
}

/**
 * The store that the history of a file is replayed in, made when first asked for; the file's name
 * decides which. Its mode is `both`, so that it is none of the demo's two traders.
 */
export async function ensureReplayStore(container: MedusaContainer, file: string): Promise<ReplayStore> {
  const name = basename(file)
  const id = derivedId("whstore", "replay", name)
  const location_id = await ensureLocation(container, id, name)
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  const store = await stores.createStore({
    id,
    name: `Replay of ${name}`,
    mode: "both",
    currency_code: CURRENCY,
    address: { country_code: "gb" },
    stock_location_ids: [location_id],
  })
  await stores.setFlag({ flag: "retailer_connections", store_id: id, enabled: true, actor: SYSTEM_ACTOR })
  return { id, name: store.name, location_id }
}

async function ensureLocation(container: MedusaContainer, store_id: string, name: string): Promise<string> {
  const locations = container.resolve<IStockLocationService>(Modules.STOCK_LOCATION)
  const location: CreateStockLocationInput & { id: string } = {
    id: derivedId("sloc", store_id),
    name: `Warehouse of ${name}`,
  }
  const [standing] = await locations.listStockLocations({ id: [location.id] }, { select: ["id"] })
  return (standing ?? (await locations.createStockLocations(location))).id
}
