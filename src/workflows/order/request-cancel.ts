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

export interface RequestCancelInput extends Omit<OrderVerbInput, "operation_id"> {
  readonly reason: string
}

const requestCancelStep = createStep(
  "wholesale-request-cancel",
  async ({ at, ...input }: RequestCancelInput, { container }) =>
    new StepResponse(
      await container
        .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
        .requestCancel({ ...input, at: timeOf(at) })
    )
)

/**
 * Notes that the buyer wants an order cancelled, with all that came of the same purchase order; the
 * store decides. Asking again changes nothing.
 *
 * @throws WholesaleError 409 `not_allowed` for an order that can no longer be cancelled; 404
 */
export const requestCancelWorkflow = createWorkflow(
  "wholesale-request-cancel",
  (input: WorkflowData<RequestCancelInput>) => {
    const order = requestCancelStep(input)
    announceOrdersStep(order)
    return new WorkflowResponse(order)
  }
)
