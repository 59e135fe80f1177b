import { createWorkflow, transform, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import { announceStep } from "../exchange/steps/announce"
import { markReceiptStockedStep } from "./steps/mark-receipt-stocked"
import { raiseReceiptStockStep, type ReceiptStockInput } from "./steps/raise-receipt-stock"

/** What was left of receiving when the server died: the same steps once more, each of them keyed. */
export const resumeReceiptWorkflow = createWorkflow(
  "wholesale-resume-receipt",
  (input: WorkflowData<ReceiptStockInput>) => {
    raiseReceiptStockStep(input)
    markReceiptStockedStep(input)
    announceStep(transform(input, ({ id }) => ({ type: "receipt" as const, id })))
  }
)
