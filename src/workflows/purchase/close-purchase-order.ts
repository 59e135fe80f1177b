import { createStep, createWorkflow, StepResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"

export interface ClosePurchaseOrderInput {
  readonly id: string
  readonly store_id: string
  readonly actor: Actor
}

const closePurchaseOrderStep = createStep(
  "wholesale-close-purchase-order",
  async (input: ClosePurchaseOrderInput, { container }) => {
    await container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE).close(input)
    return new StepResponse()
  }
)

/** Closes a purchase order of which everything is accounted for. */
export const closePurchaseOrderWorkflow = createWorkflow(
  "wholesale-close-purchase-order",
  (input: WorkflowData<ClosePurchaseOrderInput>) => {
    closePurchaseOrderStep(input)
  }
)
