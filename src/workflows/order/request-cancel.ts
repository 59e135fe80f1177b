import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { announceStep } from "../exchange/steps/announce"
import { timeOf, type OrderVerbInput } from "./order-verb"

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
 * Notes that the buyer wants an order cancelled; the store decides. Asking again changes nothing.
 *
 * @throws WholesaleError 409 `not_allowed` for an order that can no longer be cancelled; 404
 */
export const requestCancelWorkflow = createWorkflow(
  "wholesale-request-cancel",
  (input: WorkflowData<RequestCancelInput>) => {
    const order = requestCancelStep(input)
    announceStep(transform(input, ({ id }) => ({ type: "order" as const, id })))
    return new WorkflowResponse(order)
  }
)
