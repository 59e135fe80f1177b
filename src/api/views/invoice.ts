import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { ListedInvoice } from "../../modules/wholesale-invoice/persistence/reads"
import type {
  CreditNote,
  Invoice,
  InvoiceLine,
} from "../../modules/wholesale-invoice/persistence/rows"
import type { LateCharge } from "../../modules/wholesale-invoice/persistence/late-charges/late-charges"
import type { InvoicePayment } from "../../modules/wholesale-invoice/persistence/payments/payment-reads"
import type { PayableItem } from "../../modules/wholesale-invoice/persistence/payments/open-items"
import type { Allocation, Payment, Refund } from "../../modules/wholesale-invoice/persistence/payments/rows"
import type { ReceivableSettings } from "../../modules/wholesale-invoice/persistence/payments/settings"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { amountNumber } from "./amounts"
import { mirrorView } from "./mirror"
import { taxSummaryView } from "./tax-summary"

export function invoiceView<Row extends Invoice>({ tax_summary, ...invoice }: Row) {
  return {
    ...invoice,
    subtotal: amountNumber(invoice.subtotal),
    charge_total: amountNumber(invoice.charge_total),
    tax_total: amountNumber(invoice.tax_total),
    total: amountNumber(invoice.total),
    paid_total: amountNumber(invoice.paid_total),
    credited_total: amountNumber(invoice.credited_total),
    applied_credit_total: amountNumber(invoice.applied_credit_total),
    discount_total: amountNumber(invoice.discount_total),
    written_off_total: amountNumber(invoice.written_off_total),
    outstanding: amountNumber(invoice.outstanding),
    tax_summary: taxSummaryView(tax_summary),
  }
}

export function listedInvoiceView({ bad_debt, ...invoice }: ListedInvoice) {
  return { ...invoiceView(invoice), bad_debt: amountNumber(bad_debt) }
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
  return {
    ...payment,
    amount: amountNumber(payment.amount),
    refunded_total: amountNumber(payment.refunded_total),
    unapplied: amountNumber(payment.unapplied),
    choices: payment.choices?.map(({ invoice_id, amount }) => ({ invoice_id, amount: amountNumber(amount) })) ?? null,
  }
}

/** A payment as an invoice shows it, with the part that lies on this invoice. */
export function invoicePaymentView(payment: InvoicePayment) {
  return { ...paymentView(payment), applied: amountNumber(payment.applied) }
}

/** A payment with all that was done with it. @throws WholesaleError 404 */
export async function paymentDetail(container: MedusaContainer, storeId: string, id: string) {
  const payment = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .retrievePayment({ store_id: storeId, id })
  const { id: account_id, company_name } = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .accountOf(storeId, payment.account_id)
  return {
    ...paymentView(payment),
    account: { id: account_id, company_name },
    allocations: payment.allocations.map(allocationView),
    refunds: payment.refunds.map(refundView),
  }
}

/** A credit note with all that was done with it. @throws WholesaleError 404 */
export async function creditNoteDetail(container: MedusaContainer, storeId: string, id: string) {
  const { allocations, refunds, refunded_total, unapplied, invoice_number, ...note } = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .creditNoteDetail({ store_id: storeId, id })
  const { id: account_id, company_name } = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .accountOf(storeId, note.account_id)
  return {
    ...creditNoteView(note),
    invoice_number,
    account: { id: account_id, company_name },
    refunded_total: amountNumber(refunded_total),
    unapplied: amountNumber(unapplied),
    allocations: allocations.map(allocationView),
    refunds: refunds.map(refundView),
  }
}

/** An invoice as a payment can settle it. */
export function openItemView({ invoice, late_charges, open, early }: PayableItem) {
  return {
    invoice_id: invoice.id,
    number: invoice.number,
    orders: invoice.orders,
    status: invoice.status,
    currency_code: invoice.currency_code,
    issued_at: invoice.issued_at,
    due_at: invoice.due_at,
    total: amountNumber(invoice.total),
    outstanding: amountNumber(invoice.outstanding),
    late_charges: amountNumber(late_charges),
    open: amountNumber(open),
    early: early && { payable: amountNumber(early.payable), until: early.until },
  }
}

export function allocationView(allocation: Allocation) {
  return { ...allocation, amount: amountNumber(allocation.amount) }
}

export function refundView(refund: Refund) {
  return { ...refund, amount: amountNumber(refund.amount) }
}

export function lateChargeView(charge: LateCharge) {
  return {
    ...charge,
    amount: amountNumber(charge.amount),
    settled_total: amountNumber(charge.settled_total),
    outstanding: amountNumber(charge.outstanding),
  }
}

export function creditNoteView({ tax_summary, lines, ...note }: CreditNote) {
  return {
    ...note,
    subtotal: amountNumber(note.subtotal),
    charge_total: amountNumber(note.charge_total),
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

export function receivableSettingsView({ write_off_tolerance, ...settings }: ReceivableSettings) {
  return {
    ...settings,
    write_off_tolerance: write_off_tolerance === null ? null : amountNumber(write_off_tolerance),
  }
}

/**
 * An invoice with lines, payments, credit notes, late charges, history, the core orders that mirror it and the
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
    bad_debt: amountNumber(invoice.bad_debt),
    account: { id: account_id, company_name },
    lines: invoice.lines.map(invoiceLineView),
    payments: invoice.payments.map(invoicePaymentView),
    allocations: invoice.allocations.map(allocationView),
    late_charges: invoice.late_charges.map(lateChargeView),
    credit_notes: invoice.credit_notes.map(creditNoteView),
    mirrors: invoice.mirrors.map((mirror) => mirrorView(mirror, company_name)),
  }
}
