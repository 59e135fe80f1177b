import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type { UnstockedLine } from "../../modules/wholesale-purchase/persistence/stocking"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { stockReceived } from "../stock/stock-received"

export interface StockedLines {
  /** Ids of the receipt lines whose stock is raised, now or under the same key before. */
  readonly stocked: string[]
  readonly failed: { readonly line: UnstockedLine; readonly error: unknown }[]
}

/**
 * Raises the stock of goods that were received before their SKU was mapped, each line once, keyed by
 * its id: it may have waited beside others the first time and stand alone the next. One line that
 * cannot be stocked does not keep back the rest.
 */
export async function stockMappedLines(
  container: MedusaContainer,
  lines: readonly UnstockedLine[]
): Promise<StockedLines> {
  const stocked: UnstockedLine[] = []
  const failed: StockedLines["failed"] = []
  for (const line of lines) {
    const { id, store_id, receipt_id, location_id, variant_id, supplier_sku, received_quantity } = line
    try {
      await stockReceived(container, {
        key: id,
        store_id,
        reference_type: "receipt",
        reference_id: receipt_id,
        location_id,
        lines: [{ line_id: id, variant_id, sku: supplier_sku, quantity: received_quantity }],
      })
      stocked.push(line)
    } catch (error) {
      failed.push({ line, error })
    }
  }
  const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
  for (const store_id of new Set(stocked.map((line) => line.store_id))) {
    const ids = stocked.filter((line) => line.store_id === store_id).map(({ id }) => id)
    await purchase.markReceiptLinesStocked({ store_id, ids })
  }
  return { stocked: stocked.map(({ id }) => id), failed }
}
