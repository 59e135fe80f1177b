import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_ORDER } from "../../../modules/wholesale-order"
import type { BeginOperationInput } from "../../../modules/wholesale-order/persistence/operations"
import type WholesaleOrderModuleService from "../../../modules/wholesale-order/service"
import { undoOperation } from "../undo-operation"

/**
 * Commits the intent of a verb before anything else happens, and takes the order for it. When a later
 * step fails, what the verb did is given back where that is possible; where it is not, the operation
 * stays open and recovery finishes it.
 */
export const beginOperationStep = createStep(
  "wholesale-begin-order-operation",
  async (input: BeginOperationInput, { container }) => {
    const operation = await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .beginOperation(input)
    const { id, store_id, order_id } = operation
    return new StepResponse({ id, store_id, order_id }, { id, store_id })
  },
  async (operation, { container }) => {
    if (operation) {
      await undoOperation(container, operation)
    }
  }
)
