import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_PURCHASE } from "../../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../../modules/wholesale-purchase/service"

/** Notes that the stock of a receipt is raised; from then on it may be announced. */
export const markReceiptStockedStep = createStep(
  "wholesale-mark-receipt-stocked",
  async ({ id, store_id }: { readonly id: string; readonly store_id: string }, { container }) => {
    await container
      .resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
      .markReceiptStocked({ id, store_id })
    return new StepResponse()
  }
)
