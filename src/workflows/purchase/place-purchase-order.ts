import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { ownedRow } from "../../lib/errors/owned-row"
import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { announceStep } from "../exchange/steps/announce"

export interface PlacePurchaseOrderInput {
  readonly id: string
  /** The retailer's store. */
  readonly store_id: string
  readonly actor: Actor
}

const placePurchaseOrderStep = createStep(
  "wholesale-place-purchase-order",
  async ({ id, store_id, actor }: PlacePurchaseOrderInput, { container }) => {
    const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
    const [rows, store] = await Promise.all([
      purchase.listWholesalePurchaseOrders({ id, store_id }, { take: 1 }),
      container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(store_id),
    ])
    const { number, connection_id } = ownedRow(rows, "Purchase order", id)
    if (number === null) {
      await container
        .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
        .activeConnection(store_id, connection_id)
    }
    const number_pattern = store.purchase_order_number_pattern
    return new StepResponse(await purchase.place({ id, store_id, number_pattern, actor }))
  }
)

/**
 * Gives a draft its number and sends it to the supplier at the prices it was written with; the
 * supplier refuses what costs another price by now. Over the local transport the answer has been
 * applied when this returns. Placing again sends again what has not arrived, and changes nothing.
 *
 * @throws WholesaleError 409 `connection_not_active`
 */
export const placePurchaseOrderWorkflow = createWorkflow(
  "wholesale-place-purchase-order",
  (input: WorkflowData<PlacePurchaseOrderInput>) => {
    const placed = placePurchaseOrderStep(input)
    announceStep(transform(placed, ({ id }) => ({ type: "purchase_order" as const, id })))
    return new WorkflowResponse(placed)
  }
)
