import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type { CorrectionInput } from "../../modules/wholesale-credit/ledger/corrections"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { recheckCreditStep } from "./steps/recheck-credit"

export interface CorrectCreditInput extends CorrectionInput {
  readonly kind: "adjust" | "writeOff"
}

const correctCreditStep = createStep(
  "wholesale-correct-credit",
  async ({ kind, ...correction }: CorrectCreditInput, { container }) =>
    new StepResponse(
      await container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)[kind](correction)
    )
)

/**
 * Corrects what an account owes by a new entry, and lets the orders go on that it makes room for.
 *
 * @throws WholesaleError as `adjust` and `writeOff` of the credit module
 */
export const correctCreditWorkflow = createWorkflow(
  "wholesale-correct-credit",
  (input: WorkflowData<CorrectCreditInput>) => {
    const entry = correctCreditStep(input)
    recheckCreditStep(input)
    return new WorkflowResponse(entry)
  }
)
