import type { MedusaContainer } from "@medusajs/framework/types"

import type { StockNeed } from "../../modules/wholesale-stock/domain/plan-stock"
import type { StockItem } from "../../modules/wholesale-stock/domain/stock-movement"
import {
  moveStock,
  moveTogether,
  type StockLine,
  type StockMovementRequest,
  type StockMovementResult,
} from "./move-stock"
import { raiseStocked } from "./stock-levels"
import { assertAllKnown, needsOfLines } from "./variant-inventory"

export interface ReceiveStockRequest extends StockMovementRequest {
  readonly location_id: string
  readonly lines: readonly StockLine[]
}

/** A line that is a movement of its own: its key makes it happen once, whatever comes with it. */
export interface ReceivedLine extends StockMovementRequest, StockLine {
  readonly location_id: string
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
    const items = resolved.needs.map((need) => receivedItem(need, request.location_id))
    await raiseStocked(transaction, items)
    return items
  })
}

/**
 * Goods of any documents come in, every line once by its own key, in as many statements as one line
 * takes. All of those that are not in stock yet, or none.
 *
 * @throws WholesaleError 409 `inventory_item_missing`
 */
export async function stockReceivedLines(
  container: MedusaContainer,
  lines: readonly ReceivedLine[]
): Promise<void> {
  const { needs, unknown } = await needsOfLines(container, lines)
  const itemIds = needs.map((need) => need.inventory_item_id)
  const byLine = new Map(lines.map((line) => [line.line_id, line]))

  await moveTogether(container, "receive", lines, itemIds, async (transaction, keys) => {
    assertAllKnown({ unknown: unknown.filter(({ line_id }) => keys.has(byLine.get(line_id)?.key ?? "")) })
    const moved = new Map([...keys].map((key): [string, StockItem[]] => [key, []]))
    for (const need of needs) {
      const line = byLine.get(need.line_id)
      if (line) {
        moved.get(line.key)?.push(receivedItem(need, line.location_id))
      }
    }
    await raiseStocked(transaction, [...moved.values()].flat())
    return moved
  })
}

const receivedItem = (need: StockNeed, location_id: string): StockItem => ({
  ...need,
  quantity: need.quantity * need.required_quantity,
  location_id,
  reservation_id: null,
})
