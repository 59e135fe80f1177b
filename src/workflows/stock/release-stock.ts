import type { MedusaContainer } from "@medusajs/framework/types"

import { moveHeldStock, type HeldStockRequest } from "./held-stock"
import { changeLevels, lockLevels, lowerReservations } from "./inventory-rows"
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
    await lockLevels(transaction, items)
    await changeLevels(transaction, await lowerReservations(transaction, items))
  })
}
