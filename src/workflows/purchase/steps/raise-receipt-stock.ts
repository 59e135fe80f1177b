import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../../lib/actor/actor"
import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { WHOLESALE_PURCHASE } from "../../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../../modules/wholesale-purchase/service"
import { stockReceived } from "../../stock/stock-received"

export interface ReceiptStockInput {
  readonly id: string
  readonly store_id: string
  readonly actor: Actor
}

/**
 * Raises the stock of a receipt's mapped lines by what came in order, once, keyed by the receipt. A
 * receipt whose stock is refused is taken back, and the refusal goes to the caller; after any other
 * failure it stays pending, for nobody knows whether the stock was raised.
 *
 * @throws WholesaleError 409 `inventory_item_missing`
 */
export const raiseReceiptStockStep = createStep(
  "wholesale-raise-receipt-stock",
  async ({ id, store_id, actor }: ReceiptStockInput, { container }) => {
    const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
    const receipt = await purchase.receipt(store_id, id)
    if (receipt.status === "done") {
      return new StepResponse()
    }
    // Without mapped lines too: the key is taken then, and lines mapped later have their own.
    const lines = receipt.lines
      .filter(({ variant_id, stocked }) => variant_id !== null && !stocked)
      .map(({ id: line_id, variant_id, supplier_sku: sku, received_quantity: quantity }) => ({
        line_id,
        variant_id,
        sku,
        quantity,
      }))
    try {
      await stockReceived(container, {
        key: id,
        store_id,
        reference_type: "receipt",
        reference_id: id,
        location_id: receipt.location_id,
        lines,
      })
    } catch (error) {
      if (asWholesaleError(error)) {
        await purchase.discardReceipt({ id, store_id, actor })
      }
      throw error
    }
    return new StepResponse()
  }
)
