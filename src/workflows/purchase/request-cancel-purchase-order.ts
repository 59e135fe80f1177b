import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { announceStep } from "../exchange/steps/announce"

export interface RequestCancelPurchaseOrderInput {
  readonly id: string
  readonly store_id: string
  readonly reason: string
  readonly actor: Actor
}

const requestCancelPurchaseOrderStep = createStep(
  "wholesale-request-cancel-purchase-order",
  async (input: RequestCancelPurchaseOrderInput, { container }) => {
    await container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE).requestCancel(input)
    return new StepResponse()
  }
)

/** Asks the supplier to cancel; it is the supplier who decides. */
export const requestCancelPurchaseOrderWorkflow = createWorkflow(
  "wholesale-request-cancel-purchase-order",
  (input: WorkflowData<RequestCancelPurchaseOrderInput>) => {
    requestCancelPurchaseOrderStep(input)
    announceStep(transform(input, ({ id }) => ({ type: "purchase_order" as const, id })))
  }
)
