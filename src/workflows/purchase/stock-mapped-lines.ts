import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type { UnstockedLine } from "../../modules/wholesale-purchase/persistence/stocking"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { stockReceivedLines, type ReceivedLine } from "../stock/stock-received"

export interface StockedLines {
  /** Ids of the receipt lines whose stock is raised, now or under the same key before. */
  readonly stocked: string[]
  readonly failed: { readonly line: UnstockedLine; readonly error: unknown }[]
}

/**
 * Raises the stock of goods that were received before their SKU was mapped, each line once, keyed by
 * its id: it may have waited beside others the first time and stand alone the next. All lines are one
 * transaction; one that cannot be stocked does not keep back the rest.
 */
export async function stockMappedLines(
  container: MedusaContainer,
  lines: readonly UnstockedLine[]
): Promise<StockedLines> {
  const failed = await raiseStock(container, lines)
  const refused = new Set(failed.map(({ line }) => line.id))
  const stocked = lines.filter(({ id }) => !refused.has(id))
  const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
  for (const store_id of new Set(stocked.map((line) => line.store_id))) {
    const ids = stocked.filter((line) => line.store_id === store_id).map(({ id }) => id)
    await purchase.markReceiptLinesStocked({ store_id, ids })
  }
  return { stocked: stocked.map(({ id }) => id), failed }
}

/** Lines that fail together are tried in halves, down to those that fail alone. */
async function raiseStock(
  container: MedusaContainer,
  lines: readonly UnstockedLine[]
): Promise<StockedLines["failed"]> {
  if (lines.length === 0) {
    return []
  }
  try {
    await stockReceivedLines(container, lines.map(movementOf))
    return []
  } catch (error) {
    if (lines.length === 1) {
      return [{ line: lines[0], error }]
    }
    const middle = Math.ceil(lines.length / 2)
    return [
      ...(await raiseStock(container, lines.slice(0, middle))),
      ...(await raiseStock(container, lines.slice(middle))),
    ]
  }
}

const movementOf = (line: UnstockedLine): ReceivedLine => ({
  key: line.id,
  store_id: line.store_id,
  reference_type: "receipt",
  reference_id: line.receipt_id,
  location_id: line.location_id,
  line_id: line.id,
  variant_id: line.variant_id,
  sku: line.supplier_sku,
  quantity: line.received_quantity,
})
