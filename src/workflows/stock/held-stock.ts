import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { WHOLESALE_STOCK, type WholesaleStockModuleService } from "../../modules/wholesale-stock"
import { heldStock, takeHeld } from "../../modules/wholesale-stock/domain/stock-ledger"
import type {
  StockItem,
  StockLineQuantity,
  StockMovementKind,
} from "../../modules/wholesale-stock/domain/stock-movement"
import { levelKey, type LockedLevel } from "./inventory-levels"
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
    if (items.length > 0) {
      await perform(transaction, items)
    }
    return items
  })
}

/**
 * Lowers the reservations the items were taken with, and the reserved quantity of their levels with
 * them. A reservation that somebody removed by hand is passed over.
 *
 * Core asks for available stock even where a reservation gets smaller; at a level that was oversold
 * by hand only a backordered reservation gets past it.
 */
export async function lowerReservations(
  { inventory, context }: StockTransaction,
  items: readonly StockItem[],
  levels: readonly LockedLevel[]
): Promise<void> {
  const lowered = new Map<string, number>()
  for (const { reservation_id, quantity } of items) {
    if (reservation_id) {
      lowered.set(reservation_id, (lowered.get(reservation_id) ?? 0) + quantity)
    }
  }
  const reservations = await inventory.listReservationItems(
    { id: [...lowered.keys()] },
    { take: lowered.size },
    context
  )
  const oversold = new Set(
    levels.filter(({ stocked, reserved }) => MathBN.lt(stocked, reserved)).map(levelKey)
  )
  const rest = reservations.map((reservation) => ({
    id: reservation.id,
    quantity: MathBN.sub(reservation.quantity, lowered.get(reservation.id) ?? 0),
    ...(oversold.has(levelKey(reservation)) && { allow_backorder: true }),
  }))
  const used = rest.filter(({ quantity }) => quantity.lte(0)).map(({ id }) => id)
  const remaining = rest.filter(({ quantity }) => quantity.gt(0))
  if (used.length > 0) {
    await inventory.deleteReservationItems(used, context)
  }
  if (remaining.length > 0) {
    await inventory.updateReservationItems(remaining, context)
  }
}
