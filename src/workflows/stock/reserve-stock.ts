import type { MedusaContainer } from "@medusajs/framework/types"

import { planReservation } from "../../modules/wholesale-stock/domain/plan-stock"
import type { StockItem } from "../../modules/wholesale-stock/domain/stock-movement"
import { availableAt, levelKey, lockLevels, sumByLevel } from "./inventory-levels"
import { moveStock, type StockLine, type StockMovementRequest, type StockMovementResult } from "./move-stock"
import { assertAllKnown, needsOfLines } from "./variant-inventory"

export interface ReserveStockRequest extends StockMovementRequest {
  /** The order's number, which its reservations carry as `external_id`. */
  readonly external_id: string
  /** The store's own locations, the first one to be emptied first. */
  readonly location_ids: readonly string[]
  readonly lines: readonly StockLine[]
}

/**
 * Takes the stock of all lines or of none. Available quantity falls by what is taken and never below
 * zero, save for variants that allow backorders.
 *
 * @throws WholesaleError 409 `insufficient_stock` with `items: [{sku, asked, available}]`,
 *   409 `inventory_item_missing`
 */
export async function reserveStock(
  container: MedusaContainer,
  request: ReserveStockRequest
): Promise<StockMovementResult> {
  const resolved = await needsOfLines(container, request.lines)
  const itemIds = resolved.needs.map((need) => need.inventory_item_id)

  return await moveStock(container, "reserve", request, itemIds, async (transaction) => {
    assertAllKnown(resolved)
    const levels = await lockLevels(transaction, itemIds, request.location_ids)
    const planned = planReservation(
      resolved.needs,
      levels.map((level) => ({ ...level, available: availableAt(level) })),
      request.location_ids
    ).map((item): StockItem => ({ ...item, reservation_id: null }))
    if (planned.length === 0) {
      return []
    }
    const sums = sumByLevel(planned)
    const { store_id, reference_type, reference_id, external_id } = request
    const reservations = await transaction.inventory.createReservationItems(
      sums.map((sum) => ({
        ...sum,
        line_item_id: null,
        external_id,
        description: `Wholesale ${reference_type} ${external_id}`,
        metadata: { wholesale_store_id: store_id, wholesale_reference_id: reference_id },
      })),
      transaction.context
    )
    const ids = new Map(reservations.map((reservation) => [levelKey(reservation), reservation.id]))
    return planned.map((item) => ({ ...item, reservation_id: ids.get(levelKey(item)) ?? null }))
  })
}
