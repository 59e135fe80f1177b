import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type {
  CreditNote,
  Invoice,
  InvoiceLine,
  Payment,
} from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { amountNumber } from "./amounts"
import { mirrorView } from "./mirror"
import { taxSummaryView } from "./tax-summary"

export function invoiceView<Row extends Invoice>({ tax_summary, ...invoice }: Row) {
  return {
    ...invoice,
    subtotal: amountNumber(invoice.subtotal),
    tax_total: amountNumber(invoice.tax_total),
    total: amountNumber(invoice.total),
    paid_total: amountNumber(invoice.paid_total),
    credited_total: amountNumber(invoice.credited_total),
    outstanding: amountNumber(invoice.outstanding),
    tax_summary: taxSummaryView(tax_summary),
  }
}

export function invoiceLineView(line: InvoiceLine) {
  return {
    ...line,
    unit_price: amountNumber(line.unit_price),
    subtotal: amountNumber(line.subtotal),
    tax_rate: Number(line.tax_rate),
    tax_total: amountNumber(line.tax_total),
    credited_amount: amountNumber(line.credited_amount),
    credited_tax: amountNumber(line.credited_tax),
  }
}

export function paymentView(payment: Payment) {
  return { ...payment, amount: amountNumber(payment.amount) }
}

export function creditNoteView({ tax_summary, lines, ...note }: CreditNote) {
  return {
    ...note,
    subtotal: amountNumber(note.subtotal),
    tax_total: amountNumber(note.tax_total),
    total: amountNumber(note.total),
    tax_summary: taxSummaryView(tax_summary),
    lines: lines.map((line) => ({
      ...line,
      tax_rate: Number(line.tax_rate),
      subtotal: amountNumber(line.subtotal),
      tax: amountNumber(line.tax),
    })),
  }
}

/**
 * An invoice with lines, payments, credit notes, history, the core order that mirrors it and the
 * events allowed now.
 *
 * @throws WholesaleError 404
 */
export async function invoiceDetail(container: MedusaContainer, storeId: string, id: string) {
  const invoice = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .retrieveInvoice({ store_id: storeId, id })
  const { id: account_id, company_name } = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .accountOf(storeId, invoice.account_id)
  return {
    ...invoiceView(invoice),
    account: { id: account_id, company_name },
    lines: invoice.lines.map(invoiceLineView),
    payments: invoice.payments.map(paymentView),
    credit_notes: invoice.credit_notes.map(creditNoteView),
    mirror: invoice.mirror && mirrorView(invoice.mirror, company_name),
  }
}
