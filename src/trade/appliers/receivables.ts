import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import type { Applier } from "./applier"

/** Keeps the supplier's invoice as the retailer's bill. */
export const applyInvoice: Applier<"invoice"> = async (
  container,
  receiver,
  { id, incarnation, revision, body }
) => {
  await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).receiveInvoice({
    ...receiver,
    invoice_id: id,
    incarnation,
    revision,
    number: body.number,
    orders: body.orders.map(({ order_id: _, ...order }) => order),
    status: body.status,
    currency_code: body.currency_code,
    ...body.totals,
    paid_total: body.paid_total,
    credited_total: body.credited_total,
    outstanding: body.outstanding,
    tax_summary: body.tax_summary.map((tax) => ({ ...tax, name: tax.name ?? "" })),
    lines: [
      ...body.lines.map((line) => ({ ...line, kind: "item" as const })),
      ...body.charges.map(({ name, amount, ...charge }) => ({
        ...charge,
        purchase_order_line_id: null,
        sku: "",
        title: name,
        quantity: 1,
        unit_price: amount,
        subtotal: amount,
      })),
    ],
    issued_at: body.issued_at,
    due_at: body.due_at,
  })
}

export const applyCreditNote: Applier<"credit_note"> = async (
  container,
  receiver,
  { id, incarnation, revision, body }
) => {
  await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).receiveCreditNote({
    ...receiver,
    invoice_id: body.invoice_id,
    incarnation,
    revision,
    currency_code: body.currency_code,
    credit_note_id: id,
    number: body.number,
    total: body.totals.total,
    reason: body.reason,
    lines: [
      ...body.lines.map((line) => ({ ...line, kind: "item" as const })),
      ...body.charges.map(({ name, amount, ...charge }) => ({
        ...charge,
        sku: "",
        title: name,
        quantity: 1,
        subtotal: amount,
      })),
    ],
    issued_at: body.issued_at,
  })
}

/** One payment may lie on several invoices; each bill gets its part. */
export const applyPayment: Applier<"payment"> = async (
  container,
  receiver,
  { id, incarnation, revision, body }
) => {
  await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).receivePayment({
    ...receiver,
    incarnation,
    revision,
    currency_code: body.currency_code,
    payment_id: id,
    allocations: body.allocations,
    method: body.method,
    reference: body.reference,
    received_at: body.received_at,
  })
}
