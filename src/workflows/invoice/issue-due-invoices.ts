import type { MedusaContainer } from "@medusajs/framework/types"

import { SYSTEM_ACTOR } from "../../lib/actor/actor"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { issueInvoice } from "./issue-invoice"
import { postDifference } from "./post-difference"

/**
 * Issues the invoices that an order's events have made due, each once, and posts what they differ by
 * from the amount that approval posted.
 *
 * @param at the day of the invoices; now, unless history is replayed
 * @returns the invoices of the parts that were due
 */
export async function issueDueInvoices(
  container: MedusaContainer,
  { id, store_id }: { readonly id: string; readonly store_id: string },
  at?: Date
): Promise<Invoice[]> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const order = await orders.retrieveOrder({ id, store_id })
  const invoices: Invoice[] = []
  for (const part of order.invoice_parts_due) {
    const invoice = await issueInvoice(container, [{ order, part }], { issued_at: at, actor: SYSTEM_ACTOR })
    await postDifference(container, order)
    await orders.settleInvoicePart({ id, store_id, part })
    invoices.push(invoice)
  }
  return invoices
}
