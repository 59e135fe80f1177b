import { MathBN } from "@medusajs/framework/utils"

import { insufficientStock } from "../../modules/wholesale-stock/domain/plan-stock"
import type { StockItem } from "../../modules/wholesale-stock/domain/stock-movement"
import {
  changeLevels,
  lockLevels,
  openLevels,
  type InventoryLevelKey,
  type LockedLevel,
} from "./inventory-rows"
import type { StockTransaction } from "./move-stock"

/** What is moved of one item at one location, over all lines. */
export interface LevelSum extends InventoryLevelKey {
  readonly skus: readonly string[]
  readonly quantity: number
  readonly allow_backorder: boolean
}

export function levelKey({ inventory_item_id, location_id }: InventoryLevelKey): string {
  return `${inventory_item_id}@${location_id}`
}

/** Whole units that are neither sold nor reserved; never below zero. */
export function availableAt({ stocked, reserved }: LockedLevel): number {
  return Math.max(0, Math.floor(MathBN.sub(stocked, reserved).toNumber()))
}

export function sumByLevel(items: readonly Omit<StockItem, "reservation_id">[]): LevelSum[] {
  const sums = new Map<string, LevelSum>()
  for (const { sku, inventory_item_id, location_id, quantity, allow_backorder } of items) {
    const key = levelKey({ inventory_item_id, location_id })
    const before = sums.get(key)
    sums.set(key, {
      inventory_item_id,
      location_id,
      skus: [...new Set([...(before?.skus ?? []), sku])],
      quantity: (before?.quantity ?? 0) + quantity,
      allow_backorder: allow_backorder || (before?.allow_backorder ?? false),
    })
  }
  return [...sums.values()]
}

/**
 * Only backordered goods may take the stocked quantity below zero.
 *
 * @throws WholesaleError 409 `insufficient_stock` when the books hold less than what leaves; figures
 *   in units of the inventory item
 */
export function assertStocked(moves: readonly LevelSum[], levels: readonly LockedLevel[]): void {
  const stocked = new Map(levels.map((level) => [levelKey(level), level.stocked]))
  const short = moves.filter(
    (move) => !move.allow_backorder && MathBN.lt(stocked.get(levelKey(move)) ?? 0, move.quantity)
  )
  if (short.length > 0) {
    throw insufficientStock(
      short.map((move) => ({
        sku: move.skus.join(", "),
        asked: move.quantity,
        available: Math.max(0, Math.floor(Number(stocked.get(levelKey(move)) ?? 0))),
      }))
    )
  }
}

/** Adds the items to the stocked quantity, opening levels that are missing at their locations. */
export async function raiseStocked(
  transaction: StockTransaction,
  items: readonly StockItem[]
): Promise<void> {
  const sums = sumByLevel(items).sort((a, b) => (levelKey(a) < levelKey(b) ? -1 : 1))
  const known = new Set((await lockLevels(transaction, sums)).map(levelKey))
  await openLevels(
    transaction,
    sums.filter((sum) => !known.has(levelKey(sum)))
  )
  await changeLevels(
    transaction,
    sums.map(({ inventory_item_id, location_id, quantity }) => ({
      inventory_item_id,
      location_id,
      stocked: quantity,
    }))
  )
}
