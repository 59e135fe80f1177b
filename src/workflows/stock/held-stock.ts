import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_STOCK, type WholesaleStockModuleService } from "../../modules/wholesale-stock"
import { heldStock, takeHeld } from "../../modules/wholesale-stock/domain/stock-ledger"
import type {
  StockItem,
  StockLineQuantity,
  StockMovementKind,
} from "../../modules/wholesale-stock/domain/stock-movement"
import {
  moveStock,
  type StockMovementRequest,
  type StockMovementResult,
  type StockTransaction,
} from "./move-stock"

export interface HeldStockRequest extends StockMovementRequest {
  /** Units a line; left out for everything the document still holds. */
  readonly lines?: readonly StockLineQuantity[]
}

/**
 * Moves what a document holds by its journal, so that it gives back or ships what it once took, also
 * when variants or the store's locations have changed since.
 */
export async function moveHeldStock(
  container: MedusaContainer,
  kind: StockMovementKind,
  side: "reserved" | "gone",
  request: HeldStockRequest,
  perform: (transaction: StockTransaction, items: readonly StockItem[]) => Promise<void>
): Promise<StockMovementResult> {
  const before = await container
    .resolve<WholesaleStockModuleService>(WHOLESALE_STOCK)
    .movementsOf(request)
  const itemIds = before.flatMap(({ items }) => items.map((item) => item.inventory_item_id))

  return await moveStock(container, kind, request, itemIds, async (transaction) => {
    const movements = await transaction.stock.movementsOf(request, transaction.context)
    const items = takeHeld(heldStock(movements), side, request.lines)
    await perform(transaction, items)
    return items
  })
}
