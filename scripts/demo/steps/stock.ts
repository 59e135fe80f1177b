import type { StoreClient } from "../../fixture/store-client"
import type { Article, SeededStore } from "../seed"

/** Units of an article at its store's location. */
export interface StockLevel {
  readonly sku: string
  readonly stocked: number
  readonly available: number
}

interface InventoryAnswer {
  readonly inventory_items: readonly {
    readonly id: string
    readonly location_levels: readonly {
      readonly location_id: string
      readonly stocked_quantity: number
      readonly reserved_quantity: number
    }[]
  }[]
}

/** What Medusa's own inventory page shows of the articles. */
export async function stockLevels(
  client: StoreClient,
  store: SeededStore,
  articles: readonly Article[]
): Promise<StockLevel[]> {
  const ids = articles.map(({ inventory_item_id }) => `id[]=${inventory_item_id}`)
  const { inventory_items } = await client.get<InventoryAnswer>(
    `/admin/inventory-items?limit=${articles.length}&fields=id,*location_levels&${ids.join("&")}`
  )
  return articles.map(({ sku, inventory_item_id }) => {
    const level = inventory_items
      .find(({ id }) => id === inventory_item_id)
      ?.location_levels.find(({ location_id }) => location_id === store.location_id)
    if (!level) {
      throw new Error(`${store.name} keeps no ${sku}: start afresh with --reset.`)
    }
    const { stocked_quantity: stocked, reserved_quantity } = level
    return { sku, stocked, available: stocked - reserved_quantity }
  })
}

/** Fills the shelves up to `target` units where an order of the demo would no longer find enough. */
export async function restock(
  client: StoreClient,
  store: SeededStore,
  articles: readonly (Article & { readonly needed: number })[],
  target: number
): Promise<number> {
  const levels = await stockLevels(client, store, articles)
  const short = articles.filter(({ needed }, index) => levels[index].available < needed)
  for (const { inventory_item_id } of short) {
    await client.post(`/admin/inventory-items/${inventory_item_id}/location-levels/${store.location_id}`, {
      stocked_quantity: target,
    })
  }
  return short.length
}
