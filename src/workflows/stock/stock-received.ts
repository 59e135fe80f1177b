import type { MedusaContainer } from "@medusajs/framework/types"

import { moveStock, type StockLine, type StockMovementRequest, type StockMovementResult } from "./move-stock"
import { raiseStocked } from "./stock-levels"
import { assertAllKnown, needsOfLines } from "./variant-inventory"

export interface ReceiveStockRequest extends StockMovementRequest {
  readonly location_id: string
  readonly lines: readonly StockLine[]
}

/**
 * Goods come in: the stocked quantity at the location rises, and an item that was never kept there
 * gets its level.
 *
 * @throws WholesaleError 409 `inventory_item_missing`
 */
export async function stockReceived(
  container: MedusaContainer,
  request: ReceiveStockRequest
): Promise<StockMovementResult> {
  const resolved = await needsOfLines(container, request.lines)
  const itemIds = resolved.needs.map((need) => need.inventory_item_id)

  return await moveStock(container, "receive", request, itemIds, async (transaction) => {
    assertAllKnown(resolved)
    const items = resolved.needs.map((need) => ({
      ...need,
      quantity: need.quantity * need.required_quantity,
      location_id: request.location_id,
      reservation_id: null,
    }))
    await raiseStocked(transaction, items)
    return items
  })
}
