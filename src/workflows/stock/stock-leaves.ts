import type { MedusaContainer } from "@medusajs/framework/types"

import { moveHeldStock, type HeldStockRequest } from "./held-stock"
import { changeLevels, lockLevels, lowerReservations } from "./inventory-rows"
import type { StockMovementResult } from "./move-stock"
import { assertStocked, sumByLevel } from "./stock-levels"

/**
 * Goods leave the house: reservation and stocked quantity fall together, so that what is available
 * stays as it is. Once a key; a shipment's id is a good one.
 *
 * @throws WholesaleError 409 `stock_not_held` when a line ships more than it has reserved,
 *   409 `insufficient_stock` when the books hold less than what leaves
 */
export async function stockLeaves(
  container: MedusaContainer,
  request: HeldStockRequest
): Promise<StockMovementResult> {
  return await moveHeldStock(container, "leave", "reserved", request, async (transaction, items) => {
    const sums = sumByLevel(items)
    assertStocked(sums, await lockLevels(transaction, sums))
    const reserved = await lowerReservations(transaction, items)
    const stocked = sums.map(({ inventory_item_id, location_id, quantity }) => ({
      inventory_item_id,
      location_id,
      stocked: -quantity,
    }))
    await changeLevels(transaction, [...reserved, ...stocked])
  })
}
