import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { Order } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { announceStep } from "../exchange/steps/announce"
import { answerPurchaseOrder } from "./answer-purchase-order"
import { timeOf, type OrderVerbInput } from "./order-verb"

export interface RefuseCancelRequestInput extends Omit<OrderVerbInput, "operation_id"> {
  readonly reason: string
}

const refuseCancelRequestStep = createStep(
  "wholesale-refuse-cancel-request",
  async ({ at, ...input }: RefuseCancelRequestInput, { container }) => {
    const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    const asked = await orders.listWholesaleOrders(
      { id: input.id, store_id: input.store_id },
      { select: ["id", "cancel_requested_at"] }
    )
    const order = await orders.refuseCancelRequest({ ...input, at: timeOf(at) })
    return new StepResponse({ order, requested_at: asked[0]?.cancel_requested_at ?? null })
  }
)

const answerRefusalStep = createStep(
  "wholesale-answer-cancel-refused",
  async (
    { order, reason, requested_at }: { order: Order; reason: string; requested_at: Date | null },
    { container }
  ) => {
    await answerPurchaseOrder(container, order, "cancel_refused", {
      code: "cancel_refused",
      message: reason,
      details: { requested_at },
    })
    return new StepResponse()
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
    const refused = refuseCancelRequestStep(input)
    answerRefusalStep(
      transform({ refused, input }, (data) => ({ ...data.refused, reason: data.input.reason }))
    )
    announceStep(transform(input, ({ id }) => ({ type: "order" as const, id })))
    return new WorkflowResponse(transform(refused, ({ order }) => order))
  }
)
