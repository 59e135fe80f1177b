import type { MedusaContainer } from "@medusajs/framework/types"

import { planReservation } from "../../modules/wholesale-stock/domain/plan-stock"
import { changeLevels, insertReservations, lockLevels } from "./inventory-rows"
import { moveStock, type StockLine, type StockMovementRequest, type StockMovementResult } from "./move-stock"
import { availableAt, levelKey, sumByLevel } from "./stock-levels"
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
    const levels = await lockLevels(
      transaction,
      resolved.needs.flatMap(({ inventory_item_id }) =>
        request.location_ids.map((location_id) => ({ inventory_item_id, location_id }))
      )
    )
    const planned = planReservation(
      resolved.needs,
      levels.map((level) => ({ ...level, available: availableAt(level) })),
      request.location_ids
    )
    const sums = sumByLevel(planned)
    const { store_id, reference_type, reference_id, external_id } = request
    const ids = await insertReservations(
      transaction,
      sums.map((sum) => ({
        ...sum,
        external_id,
        description: `Wholesale ${reference_type} ${external_id}`,
        metadata: { wholesale_store_id: store_id, wholesale_reference_id: reference_id },
      }))
    )
    await changeLevels(
      transaction,
      sums.map(({ inventory_item_id, location_id, quantity }) => ({
        inventory_item_id,
        location_id,
        reserved: quantity,
      }))
    )
    const reservations = new Map(sums.map((sum, index) => [levelKey(sum), ids[index]]))
    return planned.map((item) => ({ ...item, reservation_id: reservations.get(levelKey(item)) ?? null }))
  })
}
