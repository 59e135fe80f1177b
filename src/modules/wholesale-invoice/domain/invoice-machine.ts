import { MathBN } from "@medusajs/framework/utils"

import type { Amount } from "../../../lib/money/amount"
import { roundAmount, subtractAmounts } from "../../../lib/money/amount"
import { defineMachine } from "../../../lib/state-machine/state-machine"

export const INVOICE_STATUSES = ["issued", "partially_paid", "paid", "credited", "void"] as const

export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]
export type InvoiceEvent = "pay" | "credit" | "void"

/**
 * `settles`: nothing is outstanding after the event; `leaves_open`: something is;
 * `untouched`: nothing has been paid or credited so far.
 */
export type InvoiceCondition = "settles" | "leaves_open" | "untouched"

/**
 * The life of an invoice.
 *
 * `paid` means: nothing is outstanding and money came in, so the invoice is revenue and is mirrored.
 * An invoice that credit notes take back as a whole before any payment ends as `credited`: nothing is
 * owed, nothing was earned, and it is never mirrored. It is not `void`: void invoices were withdrawn
 * untouched and count nowhere, while a credited one and its notes both stand in the books. One that
 * was paid in part and credited for the rest is `paid`, and its notes refund the mirror.
 */
export const invoiceMachine = defineMachine<InvoiceStatus, InvoiceEvent, InvoiceCondition>({
  document: "Invoice",
  states: INVOICE_STATUSES,
  initial: "issued",
  transitions: [
    { event: "pay", from: ["issued", "partially_paid"], to: "partially_paid", when: "leaves_open" },
    { event: "pay", from: ["issued", "partially_paid"], to: "paid", when: "settles" },
    { event: "credit", from: ["issued"], to: "issued", when: "leaves_open" },
    { event: "credit", from: ["issued"], to: "credited", when: "settles" },
    { event: "credit", from: ["partially_paid"], to: "partially_paid", when: "leaves_open" },
    { event: "credit", from: ["partially_paid", "paid"], to: "paid", when: "settles" },
    { event: "void", from: ["issued"], to: "void", when: "untouched" },
  ],
})

export interface InvoiceFigures {
  readonly currency_code: string
  readonly status: InvoiceStatus
  readonly total: Amount
  readonly paid_total: Amount
  readonly credited_total: Amount
}

/**
 * What is still to be paid: total − paid − credited, never below zero. What was paid beyond it (a
 * credit note on a paid invoice) is credit on account, which the credit ledger holds. A void invoice
 * owes nothing.
 */
export function outstandingOf(invoice: InvoiceFigures): Amount {
  const open = MathBN.sub(MathBN.sub(invoice.total, invoice.paid_total), invoice.credited_total)
  return roundAmount(
    invoice.status === "void" || MathBN.lt(open, 0) ? 0 : open,
    invoice.currency_code
  )
}

/** What further credit notes may take back: total less earlier notes. */
export function creditableOf(invoice: InvoiceFigures): Amount {
  return invoice.status === "void"
    ? roundAmount(0, invoice.currency_code)
    : subtractAmounts(invoice.total, invoice.credited_total, invoice.currency_code)
}

/** Answers the machine's conditions for the invoice as it would be after the event. */
export function conditionsAfter(invoice: InvoiceFigures): (condition: InvoiceCondition) => boolean {
  const open = MathBN.gt(outstandingOf(invoice), 0)
  const untouched = MathBN.eq(invoice.paid_total, 0) && MathBN.eq(invoice.credited_total, 0)
  return (condition) => ({ settles: !open, leaves_open: open, untouched })[condition]
}

/** The events that may happen to the invoice now, for people and programs to choose from. */
export function allowedInvoiceEvents(invoice: InvoiceFigures): InvoiceEvent[] {
  const holds = conditionsAfter(invoice)
  return invoiceMachine
    .allowedEvents(invoice.status, (condition) => condition !== "untouched" || holds(condition))
    .filter((event) => event !== "credit" || MathBN.gt(creditableOf(invoice), 0))
}
