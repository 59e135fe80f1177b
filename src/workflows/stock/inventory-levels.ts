import type { BigNumberInput } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { insufficientStock } from "../../modules/wholesale-stock/domain/plan-stock"
import type { StockItem } from "../../modules/wholesale-stock/domain/stock-movement"
import type { StockTransaction } from "./move-stock"

export interface LockedLevel {
  readonly inventory_item_id: string
  readonly location_id: string
  readonly stocked: string
  readonly reserved: string
}

/**
 * Locks the levels of the items at the locations until the transaction ends, in item and location
 * order, and reads them as they are once locked.
 */
export async function lockLevels(
  { manager }: StockTransaction,
  inventoryItemIds: readonly string[],
  locationIds: readonly string[]
): Promise<LockedLevel[]> {
  if (inventoryItemIds.length === 0 || locationIds.length === 0) {
    return []
  }
  return await manager.execute<LockedLevel[]>(
    `select inventory_item_id, location_id,
            coalesce(raw_stocked_quantity->>'value', stocked_quantity::text) as stocked,
            coalesce(raw_reserved_quantity->>'value', reserved_quantity::text) as reserved
     from inventory_level
     where inventory_item_id in (?) and location_id in (?) and deleted_at is null
     order by inventory_item_id, location_id for update`,
    [[...new Set(inventoryItemIds)], [...new Set(locationIds)]]
  )
}

/** Whole units that are neither sold nor reserved; never below zero. */
export function availableAt({ stocked, reserved }: LockedLevel): number {
  return Math.max(0, Math.floor(MathBN.sub(stocked, reserved).toNumber()))
}

/** Sum of the moved quantities at each item and location. */
export function sumByLevel(
  items: readonly StockItem[]
): { inventory_item_id: string; location_id: string; quantity: number; allow_backorder: boolean }[] {
  const sums = new Map<string, ReturnType<typeof sumByLevel>[number]>()
  for (const { inventory_item_id, location_id, quantity, allow_backorder } of items) {
    const key = levelKey({ inventory_item_id, location_id })
    const before = sums.get(key)
    sums.set(key, {
      inventory_item_id,
      location_id,
      quantity: (before?.quantity ?? 0) + quantity,
      allow_backorder: allow_backorder || (before?.allow_backorder ?? false),
    })
  }
  return [...sums.values()]
}

/**
 * Takes the items off the stocked quantity of locked levels. Only backordered goods may take it
 * below zero.
 *
 * @throws WholesaleError 409 `insufficient_stock` when the books hold less than what leaves
 */
export async function lowerStocked(
  transaction: StockTransaction,
  items: readonly StockItem[],
  levels: readonly LockedLevel[]
): Promise<void> {
  const stocked = new Map(levels.map((level) => [levelKey(level), level.stocked]))
  const moves = sumByLevel(items)
  const short = moves.filter(
    (move) => !move.allow_backorder && MathBN.lt(stocked.get(levelKey(move)) ?? 0, move.quantity)
  )
  if (short.length > 0) {
    throw insufficientStock(
      short.map((move) => {
        const item = items.find((moved) => levelKey(moved) === levelKey(move))
        return {
          sku: item?.sku ?? move.inventory_item_id,
          asked: move.quantity,
          available: Math.floor(Number(stocked.get(levelKey(move)) ?? 0)),
        }
      })
    )
  }
  await writeStocked(
    transaction,
    moves.map((move) => ({ ...move, stocked: MathBN.sub(stocked.get(levelKey(move)) ?? 0, move.quantity) }))
  )
}

/** Adds the items to the stocked quantity, opening levels that are missing at their locations. */
export async function raiseStocked(
  transaction: StockTransaction,
  items: readonly StockItem[]
): Promise<void> {
  const moves = sumByLevel(items)
  const itemIds = moves.map((move) => move.inventory_item_id)
  const locationIds = moves.map((move) => move.location_id)
  let levels = await lockLevels(transaction, itemIds, locationIds)
  if (await openMissingLevels(transaction, moves, levels)) {
    levels = await lockLevels(transaction, itemIds, locationIds)
  }
  const stocked = new Map(levels.map((level) => [levelKey(level), level.stocked]))
  await writeStocked(
    transaction,
    moves.map((move) => ({ ...move, stocked: MathBN.add(stocked.get(levelKey(move)) ?? 0, move.quantity) }))
  )
}

/**
 * `for no key update` on the items makes two movements that miss the same level take turns, without
 * standing in the way of rows that refer to the item.
 */
async function openMissingLevels(
  { manager, context, inventory }: StockTransaction,
  moves: readonly { inventory_item_id: string; location_id: string }[],
  levels: readonly LockedLevel[]
): Promise<boolean> {
  const known = new Set(levels.map(levelKey))
  const missing = moves.filter((move) => !known.has(levelKey(move)))
  if (missing.length === 0) {
    return false
  }
  const itemIds = [...new Set(missing.map((move) => move.inventory_item_id))]
  const locationIds = [...new Set(missing.map((move) => move.location_id))]
  await manager.execute(`select id from inventory_item where id in (?) order by id for no key update`, [
    itemIds,
  ])
  const opened = await manager.execute<{ inventory_item_id: string; location_id: string }[]>(
    `select inventory_item_id, location_id from inventory_level
     where inventory_item_id in (?) and location_id in (?) and deleted_at is null`,
    [itemIds, locationIds]
  )
  const present = new Set(opened.map(levelKey))
  const toOpen = missing
    .filter((move) => !present.has(levelKey(move)))
    .map(({ inventory_item_id, location_id }) => ({ inventory_item_id, location_id, stocked_quantity: 0 }))
  if (toOpen.length > 0) {
    await inventory.createInventoryLevels(toOpen, context)
    await manager.flush()
  }
  return true
}

async function writeStocked(
  { inventory, context }: StockTransaction,
  levels: readonly { inventory_item_id: string; location_id: string; stocked: BigNumberInput }[]
): Promise<void> {
  if (levels.length === 0) {
    return
  }
  await inventory.updateInventoryLevels(
    levels.map(({ inventory_item_id, location_id, stocked }) => ({
      inventory_item_id,
      location_id,
      stocked_quantity: MathBN.convert(stocked).toNumber(),
    })),
    context
  )
}

export function levelKey({
  inventory_item_id,
  location_id,
}: {
  readonly inventory_item_id: string
  readonly location_id: string
}): string {
  return `${inventory_item_id}@${location_id}`
}
