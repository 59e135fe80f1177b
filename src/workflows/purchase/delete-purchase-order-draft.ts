import { createStep, createWorkflow, StepResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"

export interface DeletePurchaseOrderDraftInput {
  readonly id: string
  readonly store_id: string
}

const deletePurchaseOrderDraftStep = createStep(
  "wholesale-delete-purchase-order-draft",
  async (input: DeletePurchaseOrderDraftInput, { container }) => {
    await container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE).deleteDraft(input)
    return new StepResponse()
  }
)

/** Throws away a purchase order that has not been placed; it had no number. */
export const deletePurchaseOrderDraftWorkflow = createWorkflow(
  "wholesale-delete-purchase-order-draft",
  (input: WorkflowData<DeletePurchaseOrderDraftInput>) => {
    deletePurchaseOrderDraftStep(input)
  }
)
