import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { RefundCreditInput as RefundCredit } from "../../modules/wholesale-invoice/persistence/payments/refund-credit"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { postReceivablesStep } from "./steps/post-receivables"

export interface RefundCreditInput extends Omit<RefundCredit, "refunded_at"> {
  /** ISO 8601; now where it is not given. */
  readonly refunded_at?: string
}

const refundCreditStep = createStep(
  "wholesale-refund-credit",
  async ({ refunded_at, ...input }: RefundCreditInput, { container }) =>
    new StepResponse(
      await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).refundCredit({
        ...input,
        refunded_at: refunded_at ? new Date(refunded_at) : undefined,
      })
    )
)

/**
 * Records money paid back to an account out of credit that lies on no invoice; its balance rises by it.
 *
 * @throws WholesaleError 409 `refund_exceeds_unapplied`, `not_allowed`; 404
 */
export const refundCreditWorkflow = createWorkflow(
  "wholesale-refund-credit",
  (input: WorkflowData<RefundCreditInput>) => {
    const refunded = refundCreditStep(input)
    postReceivablesStep(transform(refunded, ({ postings }) => postings))
    return new WorkflowResponse(refunded)
  }
)
