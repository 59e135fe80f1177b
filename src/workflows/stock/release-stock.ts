import type { MedusaContainer } from "@medusajs/framework/types"

import { lowerReservations, moveHeldStock, type HeldStockRequest } from "./held-stock"
import { lockLevels } from "./inventory-levels"
import type { StockMovementResult } from "./move-stock"

/**
 * Makes reserved stock available again: of the given lines, or all that has not left.
 *
 * @throws WholesaleError 409 `stock_not_held` when a line is given more than it has reserved
 */
export async function releaseStock(
  container: MedusaContainer,
  request: HeldStockRequest
): Promise<StockMovementResult> {
  return await moveHeldStock(container, "release", "reserved", request, async (transaction, items) => {
    const levels = await lockLevels(
      transaction,
      items.map((item) => item.inventory_item_id),
      items.map((item) => item.location_id)
    )
    await lowerReservations(transaction, items, levels)
  })
}
