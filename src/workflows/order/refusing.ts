import type { MedusaContainer } from "@medusajs/framework/types"

import { asWholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"

/**
 * Runs the part of a verb that may still be refused. A refusal closes the operation and so frees the
 * order; any other error leaves it open, for recovery to go on with.
 */
export async function refusing<Result>(
  container: MedusaContainer,
  operation: { readonly operation_id: string; readonly store_id: string },
  attempt: () => Promise<Result>
): Promise<Result> {
  try {
    return await attempt()
  } catch (error) {
    const refusal = asWholesaleError(error)
    if (refusal) {
      const { code = "refused", message, details } = refusal
      await container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER).refuseOperation({
        id: operation.operation_id,
        store_id: operation.store_id,
        refusal: { code, message, details },
      })
    }
    throw error
  }
}
