import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { refundCoreOrder, type RefundCoreOrderInput } from "../refund-core-order"

export const refundCoreOrderStepId = "wholesale-refund-core-order"

/** Refunds a part of a mirrored order, once for the refund's id. A refund is never undone. */
export const refundCoreOrderStep = createStep(
  refundCoreOrderStepId,
  async (input: RefundCoreOrderInput, { container }) => new StepResponse(await refundCoreOrder(container, input))
)
