import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { StockItem } from "./stock-movement"

/** What a document line needs of one inventory item, in units of the line's variant. */
export interface StockNeed {
  readonly line_id: string
  readonly sku: string
  readonly inventory_item_id: string
  readonly required_quantity: number
  readonly quantity: number
  readonly allow_backorder: boolean
}

/** Whole inventory units that are neither sold nor reserved at a location. */
export interface AvailableStock {
  readonly inventory_item_id: string
  readonly location_id: string
  readonly available: number
}

export type PlannedStock = Omit<StockItem, "reservation_id">

/** A SKU that cannot be served, with figures in units of its variant. */
export interface StockShortage {
  readonly sku: string
  readonly asked: number
  readonly available: number
}

/**
 * Splits needs over locations, taking each location as far as it goes in the order given.
 *
 * Needs on one inventory item share its stock, whatever lines or SKUs they come from. What a
 * backordered variant lacks goes to the first location that keeps the item; the others choose before
 * it does.
 *
 * @throws WholesaleError 409 `insufficient_stock` with every short SKU in `items`
 */
export function planReservation(
  needs: readonly StockNeed[],
  levels: readonly AvailableStock[],
  locationIds: readonly string[]
): PlannedStock[] {
  const stock = stockByItem(levels, locationIds)
  const left = new Map([...stock].map(([item, shelves]) => [item, shelves.map((shelf) => ({ ...shelf }))]))
  const shortItems = new Set<string>()
  const planned = new Map<StockNeed, PlannedStock[]>()

  for (const need of [...needs].sort((a, b) => Number(a.allow_backorder) - Number(b.allow_backorder))) {
    const shelves = left.get(need.inventory_item_id) ?? []
    const parts: PlannedStock[] = []
    let missing = need.quantity * need.required_quantity
    for (const shelf of shelves) {
      const quantity = Math.min(missing, shelf.available)
      if (quantity > 0) {
        parts.push(partOf(need, shelf.location_id, quantity))
        shelf.available -= quantity
        missing -= quantity
      }
    }
    if (missing > 0 && need.allow_backorder && shelves.length > 0) {
      parts.push(partOf(need, shelves[0].location_id, missing))
    } else if (missing > 0) {
      shortItems.add(need.inventory_item_id)
    }
    planned.set(need, mergeByLocation(parts))
  }

  if (shortItems.size > 0) {
    throw insufficientStock(shortages(needs, stock, shortItems))
  }
  return needs.flatMap((need) => planned.get(need) ?? [])
}

/** The refusal that names each SKU with what was asked and what is available. */
export function insufficientStock(items: readonly StockShortage[]): WholesaleError {
  const list = items.map((item) => `${item.sku} (asked ${item.asked}, available ${item.available})`)
  return new WholesaleError(409, "insufficient_stock", `There is not enough stock of ${list.join(", ")}.`, {
    items,
  })
}

function stockByItem(
  levels: readonly AvailableStock[],
  locationIds: readonly string[]
): Map<string, { location_id: string; available: number }[]> {
  const rank = new Map(locationIds.map((id, index) => [id, index]))
  const byItem = new Map<string, { location_id: string; available: number }[]>()
  const known = levels
    .filter((level) => rank.has(level.location_id))
    .sort((a, b) => (rank.get(a.location_id) ?? 0) - (rank.get(b.location_id) ?? 0))
  for (const { inventory_item_id, location_id, available } of known) {
    const shelves = byItem.get(inventory_item_id) ?? []
    shelves.push({ location_id, available: Math.max(0, Math.floor(available)) })
    byItem.set(inventory_item_id, shelves)
  }
  return byItem
}

function partOf(need: StockNeed, locationId: string, quantity: number): PlannedStock {
  const { line_id, sku, inventory_item_id, required_quantity, allow_backorder } = need
  return {
    line_id,
    sku,
    inventory_item_id,
    required_quantity,
    location_id: locationId,
    quantity,
    allow_backorder,
  }
}

/** A backordered rest may lie where a part was found already. */
function mergeByLocation(parts: readonly PlannedStock[]): PlannedStock[] {
  const byLocation = new Map<string, PlannedStock>()
  for (const part of parts) {
    const quantity = (byLocation.get(part.location_id)?.quantity ?? 0) + part.quantity
    byLocation.set(part.location_id, { ...part, quantity })
  }
  return [...byLocation.values()]
}

function shortages(
  needs: readonly StockNeed[],
  stock: ReadonlyMap<string, readonly { available: number }[]>,
  shortItems: ReadonlySet<string>
): StockShortage[] {
  const bySku = new Map<string, StockShortage>()
  const asked = new Map<string, Map<string, number>>()
  for (const need of needs) {
    const perItem = asked.get(need.sku) ?? new Map<string, number>()
    perItem.set(need.inventory_item_id, (perItem.get(need.inventory_item_id) ?? 0) + need.quantity)
    asked.set(need.sku, perItem)
    if (!shortItems.has(need.inventory_item_id)) {
      continue
    }
    const total = (stock.get(need.inventory_item_id) ?? []).reduce((sum, shelf) => sum + shelf.available, 0)
    const available = Math.floor(total / need.required_quantity)
    bySku.set(need.sku, {
      sku: need.sku,
      asked: perItem.get(need.inventory_item_id) ?? 0,
      available: Math.min(available, bySku.get(need.sku)?.available ?? available),
    })
  }
  return [...bySku.values()]
}
