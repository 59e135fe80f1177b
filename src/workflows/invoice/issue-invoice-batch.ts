import type { MedusaContainer } from "@medusajs/framework/types"

import { derivedId } from "../../lib/ids/derived-id"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { InvoiceBatch } from "../../modules/wholesale-order/persistence/invoice-batches"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { issueInvoice, type OrderPart } from "./issue-invoice"
import { postDifference } from "./post-difference"

/**
 * Issues the invoice of a batch and posts what it differs by from what approval posted of its orders.
 * Running it again goes on where it broke off. Parts that are on another invoice already are left out, so
 * that they hold up no other.
 *
 * @returns no invoice where all of them are
 */
export async function issueInvoiceBatch(
  container: MedusaContainer,
  { id, store_id, parts, invoice_at, actor_type, actor_id }: InvoiceBatch
): Promise<Invoice | undefined> {
  const service = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const orders = new Map<string, OrderDocument>()
  for (const { order_id } of parts) {
    if (!orders.has(order_id)) {
      orders.set(order_id, await service.retrieveOrder({ id: order_id, store_id }))
    }
  }
  const invoiceId = derivedId("whinv", id)
  const left = await partsLeft(container, { parts, orders }, invoiceId)
  const invoice = left.length
    ? await issueInvoice(container, left, {
        id: invoiceId,
        issued_at: new Date(invoice_at),
        actor: { actor_type, actor_id },
      })
    : undefined
  for (const order of orders.values()) {
    await postDifference(container, order)
  }
  await service.closeInvoiceBatch({ id, store_id })
  return invoice
}

/** The parts that stand on no other invoice than this one. */
async function partsLeft(
  container: MedusaContainer,
  { parts, orders }: Pick<InvoiceBatch, "parts"> & { readonly orders: ReadonlyMap<string, OrderDocument> },
  invoiceId: string
): Promise<OrderPart[]> {
  const service = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const left: OrderPart[] = []
  for (const order of orders.values()) {
    const shares = await service.sharesOfOrder({ store_id: order.store_id, order_id: order.id })
    const elsewhere = shares.filter(({ invoice_id }) => invoice_id !== invoiceId).flatMap((share) => share.parts)
    const own = parts.filter(({ order_id, part }) => order_id === order.id && !elsewhere.includes(part))
    left.push(...own.map(({ part }) => ({ order, part })))
  }
  return left
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
