import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { announceStep } from "../exchange/steps/announce"
import { adoptMappings } from "./adopt-mappings"
import { ownLocation } from "./draft-terms"
import { markReceiptStockedStep } from "./steps/mark-receipt-stocked"
import { raiseReceiptStockStep } from "./steps/raise-receipt-stock"

export interface ReceivePurchaseOrderInput {
  /** The receipt's, given by a caller who may come again; the same id makes the receipt once. */
  readonly id?: string
  readonly store_id: string
  readonly purchase_order_id: string
  /** The purchase order's where it is not given. */
  readonly location_id?: string
  readonly note?: string
  /** Whole sales units a line of the purchase order. */
  readonly lines: readonly {
    readonly line_id: string
    /** Came in order, goes into stock. */
    readonly received: number
    /** Did not come and is not waited for. */
    readonly short: number
    /** Came and cannot be sold. */
    readonly damaged: number
  }[]
  readonly actor: Actor
}

const recordReceiptStep = createStep(
  "wholesale-record-receipt",
  async (input: ReceivePurchaseOrderInput, { container }) => {
    const { id, store_id, purchase_order_id, note, actor } = input
    const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
    const store = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .retrieveWholesaleStore(store_id)
    await adoptMappings(container, { store_id, id: purchase_order_id })
    const receipt = await purchase.createReceipt({
      id,
      store_id,
      purchase_order_id,
      location_id: ownLocation(store, input.location_id),
      note,
      lines: input.lines.map(({ line_id, received, short, damaged }) => ({
        purchase_order_line_id: line_id,
        received_quantity: received,
        short_quantity: short,
        damaged_quantity: damaged,
      })),
      actor,
    })
    return new StepResponse({ id: receipt.id, store_id, actor })
  }
)

/**
 * Counts what came, raises the stock of it and tells the supplier. What is open falls first, and the
 * stock is raised under the receipt's id: a crash anywhere is finished by `resumePendingReceipts`,
 * and running again under the same `id` does nothing twice. A receipt whose stock is refused is
 * taken back. Goods whose SKU is not mapped are counted, and wait for their mapping.
 *
 * @throws WholesaleError 404; 400 `invalid_receipt_line`, `receipt_empty`, `receipt_without_location`;
 *   409 `not_allowed`, `receipt_exceeds_open`, `inventory_item_missing`
 */
export const receivePurchaseOrderWorkflow = createWorkflow(
  "wholesale-receive-purchase-order",
  (input: WorkflowData<ReceivePurchaseOrderInput>) => {
    const receipt = recordReceiptStep(input)
    raiseReceiptStockStep(receipt)
    markReceiptStockedStep(receipt)
    announceStep(transform(receipt, ({ id }) => ({ type: "receipt" as const, id })))
    return new WorkflowResponse(transform(receipt, ({ id }) => ({ id })))
  }
)
