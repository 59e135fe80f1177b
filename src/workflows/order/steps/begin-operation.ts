import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_ORDER } from "../../../modules/wholesale-order"
import { operationInProgress } from "../../../modules/wholesale-order/domain/order-operation"
import { nextAttemptId, type BeginOperationInput } from "../../../modules/wholesale-order/persistence/operations"
import type WholesaleOrderModuleService from "../../../modules/wholesale-order/service"
import { undoOperation } from "../undo-operation"

/**
 * Commits the intent of a verb before anything else happens, and takes the order for it. When a later
 * step fails, what the verb did is given back where that is possible; where it is not, the operation
 * stays open and recovery finishes it.
 *
 * A caller that comes again after a refusal begins an operation that follows from the refused one: the
 * effects of that are given back, and no effect may happen under it any more.
 *
 * @throws WholesaleError 409 `operation_in_progress`, also while the caller's own operation is undone;
 * 409 `not_allowed`; 404
 */
export const beginOperationStep = createStep(
  "wholesale-begin-order-operation",
  async (input: BeginOperationInput, { container }) => {
    const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    let operation = await orders.beginOperation(input)
    while (operation.status === "refused") {
      operation = await orders.beginOperation({ ...input, id: nextAttemptId(operation.id) })
    }
    const { id, store_id, order_id } = operation
    if (operation.status === "undoing") {
      throw operationInProgress(order_id, operation)
    }
    return new StepResponse({ id, store_id, order_id }, { id, store_id })
  },
  async (operation, { container }) => {
    if (operation) {
      await undoOperation(container, operation)
    }
  }
)
