import type { MedusaContainer } from "@medusajs/framework/types"

import { isCharge } from "../../lib/charges/charge"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import { buyersView } from "../../modules/wholesale-invoice/domain/buyers-view"
import type { Party } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { totalsOf } from "../documents/totals-of"
import type { InvoiceBody } from "../documents/invoice"
import { documentAddress } from "../store-profile"
import { receivableSource } from "./receivable"
import type { Snapshot } from "./snapshot"

export const invoiceSource = receivableSource("invoice", snapshot, revisionOf)

async function snapshot(
  container: MedusaContainer,
  id: string
): Promise<Snapshot<"invoice"> | undefined> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const { store_id, connection_id } = await invoices.retrieveWholesaleInvoice(id, {
    select: ["id", "store_id", "connection_id"],
  })
  if (!connection_id) {
    return undefined
  }
  const invoice = await invoices.retrieveInvoice({ id, store_id })
  const orderLines = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .listWholesaleOrderLines(
      { order_id: invoice.orders.map(({ order_id }) => order_id) },
      { select: ["id", "purchase_order_line_id"] }
    )
  const partnerLine = new Map(orderLines.map((line) => [line.id, line.purchase_order_line_id]))
  const told = buyersView(invoice)
  const body: InvoiceBody = {
    version: 1,
    number: invoice.number,
    status: told.status,
    orders: invoice.orders.map(({ parts: _, ...order }) => order),
    currency_code: invoice.currency_code,
    lines: invoice.lines.filter(({ kind }) => !isCharge(kind)).map((line) => ({
      line_id: line.id,
      order_id: line.order_id,
      purchase_order_line_id: partnerLine.get(line.order_line_id) ?? null,
      sku: line.sku,
      title: line.title,
      quantity: line.quantity,
      unit_price: line.unit_price,
      subtotal: line.subtotal,
      tax_rate: line.tax_rate,
    })),
    charges: invoice.lines.flatMap(({ id: line_id, kind, title: name, subtotal, tax_rate }) =>
      isCharge(kind) ? [{ line_id, kind, name, amount: subtotal, tax_rate }] : []
    ),
    tax_summary: invoice.tax_summary,
    totals: totalsOf(invoice),
    paid_total: invoice.paid_total,
    credited_total: invoice.credited_total,
    outstanding: told.outstanding,
    seller: partyOf(invoice.seller),
    buyer: partyOf(invoice.buyer),
    terms: invoice.terms,
    issued_at: invoice.issued_at.toISOString(),
    due_at: invoice.due_at.toISOString(),
    paid_at: (told.status === "paid" && invoice.paid_at?.toISOString()) || null,
  }
  return {
    store_id,
    connection_id,
    document_id: id,
    revision: invoice.revision,
    body,
  }
}

async function revisionOf(container: MedusaContainer, id: string): Promise<number> {
  const { revision } = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .retrieveWholesaleInvoice(id, { select: ["id", "revision"] })
  return revision
}

function partyOf(party: Party): InvoiceBody["seller"] {
  const text = (value: unknown) => (typeof value === "string" ? value : null)
  return {
    name: text(party.name) ?? "",
    email: text(party.email),
    phone: text(party.phone),
    tax_number: text(party.tax_number),
    address: documentAddress(party.address as object | null),
  }
}
