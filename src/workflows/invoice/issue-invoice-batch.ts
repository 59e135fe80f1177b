import type { MedusaContainer } from "@medusajs/framework/types"

import { derivedId } from "../../lib/ids/derived-id"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { InvoiceBatch } from "../../modules/wholesale-order/persistence/invoice-batches"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { issueInvoice } from "./issue-invoice"
import { postDifference } from "./post-difference"

/**
 * Issues the invoice of a batch and posts what it differs by from what approval posted of its orders.
 * Running it again goes on where it broke off.
 */
export async function issueInvoiceBatch(
  container: MedusaContainer,
  { id, store_id, parts, invoice_at, actor_type, actor_id }: InvoiceBatch
): Promise<Invoice> {
  const service = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const orders = new Map<string, OrderDocument>()
  for (const { order_id } of parts) {
    if (!orders.has(order_id)) {
      orders.set(order_id, await service.retrieveOrder({ id: order_id, store_id }))
    }
  }
  const invoice = await issueInvoice(
    container,
    parts.flatMap(({ order_id, part }) => {
      const order = orders.get(order_id)
      return order ? [{ order, part }] : []
    }),
    { id: derivedId("whinv", id), issued_at: new Date(invoice_at), actor: { actor_type, actor_id } }
  )
  for (const order of orders.values()) {
    await postDifference(container, order)
  }
  await service.closeInvoiceBatch({ id, store_id })
  return invoice
}

/** Issues what was claimed of an order for an invoice with others and may not be issued yet. */
export async function finishBatchesOf(
  container: MedusaContainer,
  { id }: { readonly id: string }
): Promise<void> {
  const open = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .openInvoiceBatches({ limit: 1_000, order_id: id })
  for (const batch of open) {
    await issueInvoiceBatch(container, batch)
  }
}
