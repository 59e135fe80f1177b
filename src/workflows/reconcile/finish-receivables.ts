import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { SYSTEM_ACTOR } from "../../lib/actor/actor"
import { startOfPeriod } from "../../lib/calendar/days"
import { messageOf } from "../../lib/errors/message-of"
import { everyRow, type KeyPage } from "../../lib/sql/key-page"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import { POSTING_TYPES } from "../../modules/wholesale-invoice/persistence/posting"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { periodRun } from "../../modules/wholesale-order/persistence/invoice-batches"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { consolidateInvoicesWorkflow } from "../invoice/consolidate-invoices"
import { issueInvoiceBatch } from "../invoice/issue-invoice-batch"
import { returnInvoicePart } from "../invoice/return-invoice-parts"
import { issueDueInvoices } from "../invoice/issue-due-invoices"
import { postReceivables } from "../invoice/post-receivable"
import { mirrorInvoiceWorkflow } from "../mirror/mirror-invoice"
import { refundMirrorWorkflow } from "../mirror/refund-mirror"
import { reverseMirror } from "../mirror/reverse-mirror"
import type { Repair } from "./repair"

/**
 * Brings receivables to where their documents say they are: invoices that are due, ledger entries of
 * payments, credit notes and what else moves a balance, mirrors, their refunds and reversals. What fails is logged and left for next time;
 * it holds up no other.
 */
export async function finishReceivables(container: MedusaContainer): Promise<Repair[]> {
  return [
    ...(await issueInvoices(container)),
    ...(await issueBatches(container)),
    ...(await returnParts(container)),
    ...(await consolidatePeriods(container)),
    ...(await postDocuments(container)),
    ...(await takeBackCoreOrders(container)),
    ...(await makeMirrors(container)),
    ...(await refundMirrors(container)),
  ]
}

async function issueInvoices(container: MedusaContainer): Promise<Repair[]> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  return each(container, (page) => orders.ordersToInvoice(page), async ({ id, store_id }) => {
    const invoices = await issueDueInvoices(container, { id, store_id })
    return `order ${id} was invoiced by ${invoices.map(({ number }) => number).join(", ")}`
  })
}

async function issueBatches(container: MedusaContainer): Promise<Repair[]> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  return each(container, (page) => orders.openInvoiceBatches(page), async (batch) => {
    const invoice = await issueInvoiceBatch(container, batch)
    return invoice
      ? `parts of orders that were claimed together were put on invoice ${invoice.number}`
      : "parts of orders that were claimed together are on other invoices already"
  })
}

async function returnParts(container: MedusaContainer): Promise<Repair[]> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  return each(container, (page) => invoices.partsToReturn(page), async (part) => {
    await returnInvoicePart(container, part)
    return `order ${part.order_id}, whose invoice is void, waits to be invoiced again`
  })
}

/** What waited until the week or the month was over, once for the period. */
async function consolidatePeriods(container: MedusaContainer): Promise<Repair[]> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const repaired: Repair[] = []
  for (const consolidation of ["weekly", "monthly"] as const) {
    const until = startOfPeriod(consolidation, new Date())
    const accounts = (page: KeyPage) => orders.accountsToInvoice({ consolidation, until, ...page })
    repaired.push(
      ...(await each(container, accounts, async ({ id: account_id, store_id }) => {
        const { result } = await consolidateInvoicesWorkflow(container).run({
          input: {
            store_id,
            account_id,
            run_id: periodRun(account_id, { consolidation, until }),
            before: until.toISOString(),
            consolidation,
            actor: SYSTEM_ACTOR,
          },
        })
        return `account ${account_id} was invoiced by ${result.map(({ number }) => number).join(", ")}`
      }))
    )
  }
  return repaired
}

async function postDocuments(container: MedusaContainer): Promise<Repair[]> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const repaired: Repair[] = []
  for (const type of POSTING_TYPES) {
    const unposted = (page: KeyPage) => invoices.documentsToPost({ type, ...page })
    repaired.push(
      ...(await each(container, unposted, async (posting) => {
        await postReceivables(container, [posting])
        return `${type} ${posting.id} was posted`
      }))
    )
  }
  return repaired
}

/** Takes back the core orders of invoices that are open again. */
export async function takeBackCoreOrders(container: MedusaContainer): Promise<Repair[]> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  return each(container, (page) => invoices.pendingMirrorReversals(page), async (mirror) => {
    await reverseMirror(container, mirror)
    return `core order ${mirror.core_order_id} of invoice ${mirror.invoice_number} was taken back`
  })
}

async function makeMirrors(container: MedusaContainer): Promise<Repair[]> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  return each(container, (page) => invoices.pendingMirrors(page), async ({ store_id, invoice_id, invoice_number }) => {
    await mirrorInvoiceWorkflow(container).run({ input: { store_id, invoice_id } })
    return `invoice ${invoice_number} was mirrored`
  })
}

/** Refunds the credit notes that mirrors do not show yet. */
export async function refundMirrors(container: MedusaContainer): Promise<Repair[]> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  return each(container, (page) => invoices.pendingMirrorRefunds(page), async (refund) => {
    await refundMirrorWorkflow(container).run({ input: refund })
    return `credit note ${refund.credit_note_id} was refunded on core order ${refund.core_order_id}`
  })
}

async function each<Row extends { readonly id: string; readonly store_id: string }>(
  container: MedusaContainer,
  read: (page: KeyPage) => Promise<readonly Row[]>,
  repair: (row: Row) => Promise<string>
): Promise<Repair[]> {
  const repaired: Repair[] = []
  for await (const row of everyRow(read)) {
    try {
      repaired.push({ store_id: row.store_id, done: await repair(row) })
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `${JSON.stringify(row)} could not be brought to an end: ${messageOf(error)}`
        )
    }
  }
  return repaired
}
