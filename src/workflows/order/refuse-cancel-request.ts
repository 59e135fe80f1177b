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
 * Refuses a buyer's wish to cancel: the order goes on, and the partner whose purchase order it came
 * from is answered.
 *
 * @throws WholesaleError 409 `no_cancel_request`; 404
 */
export const refuseCancelRequestWorkflow = createWorkflow(
  "wholesale-refuse-cancel-request",
  (input: WorkflowData<RefuseCancelRequestInput>) => {
    const order = refuseCancelRequestStep(input)
    announceResponseStep(order)
    announceStep(transform(input, ({ id }) => ({ type: "order" as const, id })))
    return new WorkflowResponse(order)
  }
)
