import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { announceStep } from "../exchange/steps/announce"

export interface VoidInvoiceInput {
  readonly id: string
  readonly store_id: string
  readonly reason: string
  readonly actor: Actor
}

const voidInvoiceStep = createStep(
  "wholesale-void-invoice",
  async (input: VoidInvoiceInput, { container }) =>
    new StepResponse(
      await container
        .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
        .voidInvoice(input)
    )
)

/**
 * Withdraws an invoice on which nothing was paid or credited. The ledger is left alone: what approval
 * posted is uninvoiced again, and is given back when the order is cancelled.
 *
 * @throws WholesaleError 409 `not_allowed`; 404
 */
export const voidInvoiceWorkflow = createWorkflow(
  "wholesale-void-invoice",
  (input: WorkflowData<VoidInvoiceInput>) => {
    const invoice = voidInvoiceStep(input)
    announceStep(transform(input, ({ id }) => ({ type: "invoice" as const, id })))
    return new WorkflowResponse(invoice)
  }
)
