import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { WriteOffInput, WrittenOff } from "../../modules/wholesale-invoice/persistence/invoices/write-off"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { afterSettlement, type Settlement } from "./after-settlement"

export type WriteOffInvoiceInput = Omit<WriteOffInput, "at">
export type UndoWriteOffInput = Omit<WriteOffInvoiceInput, "amount" | "operation_id">

const writeOffInvoiceStep = createStep(
  "wholesale-write-off-invoice",
  async (input: WriteOffInvoiceInput, { container }) =>
    new StepResponse(
      await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).writeOffInvoice(input)
    )
)

const undoWriteOffStep = createStep(
  "wholesale-undo-write-off",
  async (input: UndoWriteOffInput, { container }) =>
    new StepResponse(
      await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).undoWriteOff(input)
    )
)

/**
 * Gives up what is outstanding of an invoice, or a part, as a bad debt, in both books: the invoice is closed
 * by it, and the account's balance falls by it.
 *
 * @throws WholesaleError 409 `not_allowed`, `write_off_exceeds_outstanding`; 404
 */
export const writeOffInvoiceWorkflow = createWorkflow(
  "wholesale-write-off-invoice",
  (input: WorkflowData<WriteOffInvoiceInput>) => {
    const writtenOff = writeOffInvoiceStep(input)
    afterSettlement(transform({ writtenOff, input }, settlementOf))
    return new WorkflowResponse(writtenOff)
  }
)

/**
 * Takes the bad debts on an invoice back, in both books: it is asked for again.
 *
 * @throws WholesaleError 404
 */
export const undoWriteOffWorkflow = createWorkflow(
  "wholesale-undo-write-off",
  (input: WorkflowData<UndoWriteOffInput>) => {
    const writtenOff = undoWriteOffStep(input)
    afterSettlement(transform({ writtenOff, input }, settlementOf))
    return new WorkflowResponse(writtenOff)
  }
)

function settlementOf({
  writtenOff: { invoice, postings },
  input: { actor },
}: {
  readonly writtenOff: WrittenOff
  readonly input: UndoWriteOffInput
}): Settlement {
  const { store_id, account_id } = invoice
  return { store_id, account_id, actor, invoices: [invoice], postings }
}
