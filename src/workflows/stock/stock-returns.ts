import type { MedusaContainer } from "@medusajs/framework/types"

import { moveHeldStock, type HeldStockRequest } from "./held-stock"
import type { StockMovementResult } from "./move-stock"
import { raiseStocked } from "./stock-levels"

/**
 * Goods that had left come back to the locations they left from: of the given lines, or all of them.
 *
 * @throws WholesaleError 409 `stock_not_held` when a line returns more than had left
 */
export async function stockReturns(
  container: MedusaContainer,
  request: HeldStockRequest
): Promise<StockMovementResult> {
  return await moveHeldStock(container, "return", "gone", request, raiseStocked)
}
