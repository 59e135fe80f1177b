import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { SourceRef } from "../../modules/wholesale-invoice/persistence/payments/credit-source"
import type {
  AllocateInput,
  UnallocateInput,
} from "../../modules/wholesale-invoice/persistence/payments/move-credit"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { afterSettlement } from "./after-settlement"

const allocateCreditStep = createStep(
  "wholesale-allocate-credit",
  async (input: Omit<AllocateInput, "at">, { container }) =>
    new StepResponse(
      await container
        .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
        .allocateCredit(input)
    )
)

const unallocateCreditStep = createStep(
  "wholesale-unallocate-credit",
  async (input: Omit<UnallocateInput, "at">, { container }) =>
    new StepResponse(
      await container
        .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
        .unallocateCredit(input)
    )
)

/**
 * Puts credit on account, of a payment or a credit note, to invoices. The balance moves only by the
 * discounts and write-offs that come with it.
 *
 * @throws WholesaleError 409 `allocation_exceeds_unapplied`, `payment_exceeds_outstanding`, `not_allowed`; 404
 */
export const allocateCreditWorkflow = createWorkflow(
  "wholesale-allocate-credit",
  (input: WorkflowData<Omit<AllocateInput, "at">>) => {
    const allocated = allocateCreditStep(input)
    afterSettlement(
      transform({ allocated, input }, ({ allocated: { account_id, invoices, postings }, input: { store_id, actor, source } }) => ({
        store_id,
        account_id,
        actor,
        invoices,
        postings,
        payment_id: paymentOf(source),
      }))
    )
    return new WorkflowResponse(allocated)
  }
)

/**
 * Takes a payment or credit note off its invoices, or off one: they are open again and it is credit on
 * account.
 *
 * @throws WholesaleError 404
 */
export const unallocateCreditWorkflow = createWorkflow(
  "wholesale-unallocate-credit",
  (input: WorkflowData<Omit<UnallocateInput, "at">>) => {
    const released = unallocateCreditStep(input)
    afterSettlement(
      transform({ released, input }, ({ released: { account_id, invoices, postings }, input: { store_id, actor, source } }) => ({
        store_id,
        account_id,
        actor,
        invoices,
        postings,
        payment_id: paymentOf(source),
      }))
    )
    return new WorkflowResponse(released)
  }
)

const paymentOf = ({ type, id }: SourceRef) => (type === "payment" ? id : undefined)
