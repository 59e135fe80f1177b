import { MathBN } from "@medusajs/framework/utils"

import type { Amount } from "../../../lib/money/amount"
import { roundAmount, subtractAmounts } from "../../../lib/money/amount"
import { defineMachine } from "../../../lib/state-machine/state-machine"

/** What the buyer is told of an invoice, too. */
export const BILL_STATUSES = ["issued", "partially_paid", "paid", "credited", "void"] as const
export const INVOICE_STATUSES = [...BILL_STATUSES, "written_off"] as const

export type BillStatus = (typeof BILL_STATUSES)[number]
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]
export type InvoiceEvent = "pay" | "credit" | "write_off" | "release" | "void"

/**
 * `settles`: nothing is outstanding after the event; `leaves_open`: something is;
 * `untouched`: nothing has been paid, credited, discounted or written off so far;
 * `keeps_money`, `keeps_none`: whether money still lies on the invoice after the event.
 */
export type InvoiceCondition = "settles" | "leaves_open" | "untouched" | "keeps_money" | "keeps_none"

/**
 * The life of an invoice.
 *
 * `paid` means: nothing is outstanding and money came in, so the invoice is revenue and is mirrored.
 * An invoice that credit notes take back as a whole before any payment ends as `credited`: nothing is
 * owed, nothing was earned, and it is never mirrored. It is not `void`: void invoices were withdrawn
 * untouched and count nowhere, while a credited one and its notes both stand in the books. One that
 * was paid in part and credited for the rest is `paid`, and its notes refund the mirror.
 *
 * `write_off`: a bad debt is given up. An invoice that nothing was paid of ends as `written_off`: nothing
 * is asked for any more, nothing came in, and it is never mirrored. One that was paid in part is `paid`.
 * Nothing more is paid or credited on a written-off invoice until that is taken back.
 *
 * `release`: what settled the invoice, or a part of it, was taken back (a bounced cheque, an allocation
 * to the wrong invoice). It is open again; one that was paid loses its mirror and gets a new one when it
 * is paid the next time.
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
    { event: "credit", from: ["credited"], to: "credited", when: "settles" },
    { event: "write_off", from: ["issued"], to: "issued", when: "leaves_open" },
    { event: "write_off", from: ["issued"], to: "written_off", when: "settles" },
    { event: "write_off", from: ["partially_paid"], to: "partially_paid", when: "leaves_open" },
    { event: "write_off", from: ["partially_paid"], to: "paid", when: "settles" },
    {
      event: "release",
      from: ["issued", "partially_paid", "paid", "credited", "written_off"],
      to: "issued",
      when: "keeps_none",
    },
    { event: "release", from: ["partially_paid", "paid"], to: "partially_paid", when: "keeps_money" },
    { event: "void", from: ["issued"], to: "void", when: "untouched" },
  ],
})

export interface InvoiceFigures {
  readonly currency_code: string
  readonly status: InvoiceStatus
  readonly total: Amount
  /** Put to it of payments, and of credit notes of other invoices. */
  readonly paid_total: Amount
  /** Its own credit notes, whole: their unapplied parts are credit on account. */
  readonly credited_total: Amount
  /** How much of its own credit notes is put to it. */
  readonly applied_credit_total: Amount
  /** For paying early. */
  readonly discount_total: Amount
  /** Residues too small to ask for, and bad debts. */
  readonly written_off_total: Amount
}

/** What is still to be paid. A void invoice owes nothing. */
export function outstandingOf(invoice: InvoiceFigures): Amount {
  const { currency_code, status, total } = invoice
  const settled = MathBN.sum(
    invoice.paid_total,
    invoice.applied_credit_total,
    invoice.discount_total,
    invoice.written_off_total
  )
  return status === "void" ? roundAmount(0, currency_code) : subtractAmounts(total, settled, currency_code)
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
  const paid = MathBN.gt(invoice.paid_total, 0)
  const untouched = [
    invoice.paid_total,
    invoice.credited_total,
    invoice.discount_total,
    invoice.written_off_total,
  ].every((amount) => MathBN.eq(amount, 0))
  return (condition) =>
    ({ settles: !open, leaves_open: open, untouched, keeps_money: paid, keeps_none: !paid })[condition]
}

/**
 * The events that may happen to the invoice now, for people and programs to choose from. `release` is
 * not among them: it follows from what is done to a payment.
 */
export function allowedInvoiceEvents(invoice: InvoiceFigures): InvoiceEvent[] {
  const holds = conditionsAfter(invoice)
  return invoiceMachine
    .allowedEvents(invoice.status, (condition) => condition !== "untouched" || holds(condition))
    .filter((event) => event !== "release")
    .filter((event) => event !== "credit" || MathBN.gt(creditableOf(invoice), 0))
}
