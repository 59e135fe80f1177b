import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { timeOf, type OrderVerbInput } from "./order-verb"
import { announceOrdersStep } from "./steps/announce-orders"
import { announceResponseStep } from "./steps/announce-response"

export interface RefuseCancelRequestInput extends Omit<OrderVerbInput, "operation_id"> {
  readonly reason: string
}

const refuseCancelRequestStep = createStep(
  "wholesale-refuse-cancel-request",
  async ({ at, ...input }: RefuseCancelRequestInput, { container }) => {
    const order = await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .refuseCancelRequest({ ...input, at: timeOf(at) })
    return new StepResponse(order)
  }
)

/**
 * Refuses a buyer's wish to cancel: the order goes on, with all others of its purchase order, and the
 * partner whose purchase order it came from is answered.
 *
 * @throws WholesaleError 409 `no_cancel_request`; 404
 */
export const refuseCancelRequestWorkflow = createWorkflow(
  "wholesale-refuse-cancel-request",
  (input: WorkflowData<RefuseCancelRequestInput>) => {
    const order = refuseCancelRequestStep(input)
    announceResponseStep(order)
    announceOrdersStep(order)
    return new WorkflowResponse(order)
  }
)
