import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { makeCoreOrder, type MakeCoreOrderInput } from "../make-core-order"

export const makeCoreOrderStepId = "wholesale-make-core-order"

/**
 * Makes the core order of a paid invoice, once for its id. It has no undo: the invoice stays paid, and
 * running the workflow again meets the order made.
 */
export const makeCoreOrderStep = createStep(
  makeCoreOrderStepId,
  async (input: MakeCoreOrderInput, { container }) => new StepResponse(await makeCoreOrder(container, input))
)
