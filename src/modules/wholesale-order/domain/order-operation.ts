import { WholesaleError } from "../../../lib/errors/wholesale-error"

/**
 * `running` works towards its end, `undoing` gives back what it did before it was refused; both are
 * open and hold the order. `done` and `refused` are closed.
 */
export const OPERATION_STATUSES = ["running", "undoing", "done", "refused"] as const
export type OperationStatus = (typeof OPERATION_STATUSES)[number]

/** 409 for a verb that meets another one at work on the same order. */
export function operationInProgress(
  orderId: string,
  open: { readonly id: string; readonly verb: string }
): WholesaleError {
  return new WholesaleError(
    409,
    "operation_in_progress",
    `Order ${orderId} is busy with ${open.verb}. Try again when it is done.`,
    { document: "order", id: orderId, operation_id: open.id, verb: open.verb }
  )
}

/** 409 for a step of an operation that has been closed or is being undone. */
export function operationClosed(operation: {
  readonly id: string
  readonly verb: string
  readonly status: string
}): WholesaleError {
  return new WholesaleError(
    409,
    "operation_closed",
    `Operation ${operation.id} (${operation.verb}) is ${operation.status} and cannot go on.`,
    { operation_id: operation.id, verb: operation.verb, status: operation.status }
  )
}
