import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { VoidPaymentInput } from "../../modules/wholesale-invoice/persistence/payments/void-payment"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { afterSettlement } from "./after-settlement"

const voidPaymentStep = createStep(
  "wholesale-void-payment",
  async (input: Omit<VoidPaymentInput, "at">, { container }) =>
    new StepResponse(
      await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).voidPayment(input)
    )
)

/**
 * Takes back a payment that was none, as a cheque that bounced: its invoices are open again, their
 * mirrors are reversed, and the account's balance is what it was.
 *
 * @throws WholesaleError 409 `payment_was_refunded`; 404
 */
export const voidPaymentWorkflow = createWorkflow(
  "wholesale-void-payment",
  (input: WorkflowData<Omit<VoidPaymentInput, "at">>) => {
    const voided = voidPaymentStep(input)
    afterSettlement(
      transform({ voided, input }, ({ voided: { payment, invoices, postings }, input: { actor, id } }) => ({
        store_id: payment.store_id,
        account_id: payment.account_id,
        actor,
        invoices,
        postings,
        payment_id: id,
      }))
    )
    return new WorkflowResponse(voided)
  }
)
