import type { MedusaContainer } from "@medusajs/framework/types"

import { lowerReservations, moveHeldStock, type HeldStockRequest } from "./held-stock"
import { lockLevels, lowerStocked } from "./inventory-levels"
import type { StockMovementResult } from "./move-stock"

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
    const levels = await lockLevels(
      transaction,
      items.map((item) => item.inventory_item_id),
      items.map((item) => item.location_id)
    )
    await lowerReservations(transaction, items, levels)
    await lowerStocked(transaction, items, levels)
  })
}
