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
import { MAX_BATCH_LINES as MAX_PARTS } from "../../modules/wholesale-order/domain/invoice-batches"
import { announceStep } from "../exchange/steps/announce"
import { returnInvoicePart } from "./return-invoice-parts"

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

/** Each part by itself: what a crash leaves the sweeper returns. */
const returnInvoicePartsStep = createStep(
  "wholesale-return-invoice-parts",
  async ({ id }: Pick<VoidInvoiceInput, "id">, { container }) => {
    const parts = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .partsToReturn({ limit: MAX_PARTS, invoice_id: id })
    for (const part of parts) {
      await returnInvoicePart(container, part)
    }
    return new StepResponse()
  }
)

/**
 * Withdraws an invoice on which nothing was paid or credited. The ledger is left alone: what approval
 * posted is uninvoiced again. Its orders, or their shipments, wait to be put on another invoice; what of
 * them is cancelled is given back.
 *
 * @throws WholesaleError 409 `not_allowed`; 404
 */
export const voidInvoiceWorkflow = createWorkflow(
  "wholesale-void-invoice",
  (input: WorkflowData<VoidInvoiceInput>) => {
    const invoice = voidInvoiceStep(input)
    returnInvoicePartsStep(input)
    announceStep(transform(input, ({ id }) => ({ type: "invoice" as const, id })))
    return new WorkflowResponse(invoice)
  }
)
