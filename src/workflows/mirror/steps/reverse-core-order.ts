import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { reverseCoreOrder, type ReverseCoreOrderInput } from "../reverse-core-order"

export const reverseCoreOrderStepId = "wholesale-reverse-core-order"

/** Refunds what is left of a mirrored order and cancels it, once. A reversal is never undone. */
export const reverseCoreOrderStep = createStep(
  reverseCoreOrderStepId,
  async (input: ReverseCoreOrderInput, { container }) => new StepResponse(await reverseCoreOrder(container, input))
)
