import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { InvoiceBatch } from "../../modules/wholesale-order/persistence/invoice-batches"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import { seriesOf } from "../../modules/wholesale-store/domain/invoice-series"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { announceStep } from "../exchange/steps/announce"
import { issueInvoiceBatch } from "./issue-invoice-batch"

export interface ConsolidateInvoicesInput {
  readonly store_id: string
  readonly account_id: string
  /** What makes the invoices, once: the same again answers those that it made. */
  readonly run_id: string
  /** On one invoice; all that waits where they are not given. */
  readonly order_ids?: readonly string[]
  /** ISO 8601: what was supplied before. */
  readonly before?: string
  /** Only orders that are invoiced so. */
  readonly consolidation?: "weekly" | "monthly"
  readonly actor: Actor
}

const claimInvoicePartsStep = createStep(
  "wholesale-claim-invoice-parts",
  async (input: ConsolidateInvoicesInput, { container }) =>
    new StepResponse(await claimInvoiceParts(container, input))
)

/** What is claimed is issued, by whoever comes: it has no undo. */
const issueInvoiceBatchesStep = createStep(
  "wholesale-issue-invoice-batches",
  async (batches: InvoiceBatch[], { container }) => {
    const invoices: Invoice[] = []
    for (const batch of batches) {
      const invoice = await issueInvoiceBatch(container, batch)
      if (invoice) {
        invoices.push(invoice)
      }
    }
    return new StepResponse(invoices)
  }
)

/**
 * Puts what waits of an account's orders on invoices, one for each currency, connection and terms. Parts
 * are taken off what waits with the intent to invoice them, in one transaction; what a crash leaves of it
 * the sweeper issues.
 *
 * @throws WholesaleError 409 `nothing_to_invoice`, `already_invoiced`, `order_of_another_account`,
 * `orders_do_not_fit`, `operation_in_progress` where orders are named; 409 `unknown_invoice_series`; 404
 */
export const consolidateInvoicesWorkflow = createWorkflow(
  "wholesale-consolidate-invoices",
  (input: WorkflowData<ConsolidateInvoicesInput>) => {
    const invoices = issueInvoiceBatchesStep(claimInvoicePartsStep(input))
    announceStep(
      transform(invoices, (issued) =>
        issued.flatMap(({ id, connection_id }) => (connection_id ? [{ type: "invoice" as const, id }] : []))
      )
    )
    return new WorkflowResponse(invoices)
  }
)

async function claimInvoiceParts(
  container: MedusaContainer,
  { before, ...input }: ConsolidateInvoicesInput
): Promise<InvoiceBatch[]> {
  const { store_id, account_id, order_ids } = input
  const [store, account] = await Promise.all([
    container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(store_id),
    container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT).accountOf(store_id, account_id),
  ])
  // Asked before anything is claimed: an invoice without a number could not be issued.
  seriesOf(store, account.invoice_series)
  try {
    return await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .claimInvoiceParts({ ...input, before: before === undefined ? undefined : new Date(before) })
  } catch (error) {
    throw order_ids ? await namingInvoices(container, store_id, error) : error
  }
}

/** An order of which nothing waits is mostly on an invoice: say on which. */
async function namingInvoices(container: MedusaContainer, storeId: string, error: unknown): Promise<unknown> {
  if (!(error instanceof WholesaleError) || error.code !== "nothing_to_invoice") {
    return error
  }
  const { order_id, number } = error.details as { order_id: string; number: string }
  const invoices = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .invoicesOfOrder({ store_id: storeId, order_id })
  const standing = invoices.filter(({ status }) => status !== "void").map((invoice) => invoice.number)
  return standing.length
    ? new WholesaleError(
        409,
        "already_invoiced",
        `Order ${number} is on ${standing.join(", ")} already: leave it out, or void that invoice first.`,
        { ...error.details, invoices: standing }
      )
    : error
}
