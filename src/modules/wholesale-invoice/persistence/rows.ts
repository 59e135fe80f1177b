import type { Amount } from "../../../lib/money/amount"
import { decimalString, roundAmount } from "../../../lib/money/amount"
import type { PaymentTerms } from "../../../lib/terms/payment-terms"
import type { CreditableLine, CreditNoteLine } from "../domain/credit-note-shares"
import type { InvoiceFigures, InvoiceStatus } from "../domain/invoice-machine"
import { outstandingOf } from "../domain/invoice-machine"
import type { InvoicedPart, InvoiceOrder } from "../domain/invoice-orders"
import { ordersOf } from "../domain/invoice-orders"
import type { TaxSummaryRow } from "../domain/invoice-totals"
import type { RawAmount, Row } from "./columns"
import { toDate } from "./columns"

/** Who stands on the document: name, address, tax number, as they were at issue. */
export type Party = Readonly<Record<string, unknown>>

export interface Invoice extends InvoiceFigures {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  /** In the order in which they stand on it. */
  readonly orders: InvoiceOrder[]
  readonly connection_id: string | null
  readonly number: string
  /** Of the store's series of numbers; null where it is the one that all invoices are in otherwise. */
  readonly series: string | null
  /** Of the goods, net. */
  readonly subtotal: Amount
  /** Of shipping and handling, net. */
  readonly charge_total: Amount
  readonly tax_total: Amount
  /** What is still to be paid. */
  readonly outstanding: Amount
  readonly tax_summary: TaxSummaryRow[]
  readonly seller: Party
  readonly buyer: Party
  readonly issued_at: Date
  readonly due_at: Date
  readonly terms: PaymentTerms
  readonly paid_at: Date | null
  readonly voided_at: Date | null
  readonly revision: number
  readonly announced_revision: number
  readonly created_at: Date
}

export interface InvoiceLine extends CreditableLine {
  readonly invoice_id: string
  readonly line_number: number
  readonly order_id: string
  readonly order_line_id: string
  readonly unit_price: Amount
}

export interface InvoiceHistoryEvent {
  readonly id: string
  readonly invoice_id: string
  readonly event: string
  readonly from: InvoiceStatus | null
  readonly to: InvoiceStatus
  readonly actor_type: string
  readonly actor_id: string
  readonly reason: string | null
  readonly details: Readonly<Record<string, unknown>> | null
  readonly at: Date
}

export interface CreditNote {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly invoice_id: string
  readonly connection_id: string | null
  readonly number: string
  readonly currency_code: string
  /** Of the goods, net. */
  readonly subtotal: Amount
  /** Of shipping and handling, net. */
  readonly charge_total: Amount
  readonly tax_total: Amount
  readonly total: Amount
  readonly tax_summary: TaxSummaryRow[]
  readonly reason: string
  readonly lines: CreditNoteLine[]
  readonly issued_at: Date
  /** When its entry was written into the account's ledger. */
  readonly posted_at: Date | null
  readonly actor_type: string
  readonly actor_id: string
  readonly revision: number
  readonly announced_revision: number
  readonly created_at: Date
}

export type InvoiceRow = Row<
  Omit<Invoice, "outstanding" | "orders">,
  "subtotal" | "charge_total" | "tax_total" | InvoiceTotal,
  "issued_at" | "due_at" | "paid_at" | "voided_at" | "created_at"
> & { readonly parts: InvoicedPart[] }

/** What is still to be paid of an `invoice` that is not void. */
export const OUTSTANDING = `(invoice.total - invoice.paid_total - invoice.applied_credit_total
  - invoice.discount_total - invoice.written_off_total)`

/** An invoice with the parts of orders on it; its table is named `invoice`. */
export const INVOICE_COLUMNS = `invoice.*, (
  select coalesce(jsonb_agg(jsonb_build_object(
           'order_id', item.order_id, 'part', item.part, 'order_number', item.order_number,
           'purchase_order_id', item.purchase_order_id, 'purchase_order_number', item.purchase_order_number
         ) order by item.position), '[]'::jsonb)
    from wholesale_invoice_order item
   where item.invoice_id = invoice.id and item.deleted_at is null) as parts`

/** The figures that an invoice's status follows from. */
export type InvoiceTotal =
  | "total"
  | "paid_total"
  | "credited_total"
  | "applied_credit_total"
  | "discount_total"
  | "written_off_total"

export type InvoiceLineRow = Row<
  InvoiceLine,
  | "unit_price"
  | "subtotal"
  | "tax_rate"
  | "tax_total"
  | "credited_amount"
  | "credited_tax",
  never
>

export type InvoiceEventRow = Row<InvoiceHistoryEvent, never, "at">

export type CreditNoteRow = Row<
  CreditNote,
  "subtotal" | "charge_total" | "tax_total" | "total",
  "issued_at" | "posted_at" | "created_at"
>

export function toInvoice(row: InvoiceRow): Invoice {
  const amount = (raw: RawAmount) => roundAmount(raw.value, row.currency_code)
  const figures: InvoiceFigures = {
    currency_code: row.currency_code,
    status: row.status,
    total: amount(row.raw_total),
    paid_total: amount(row.raw_paid_total),
    credited_total: amount(row.raw_credited_total),
    applied_credit_total: amount(row.raw_applied_credit_total),
    discount_total: amount(row.raw_discount_total),
    written_off_total: amount(row.raw_written_off_total),
  }
  return {
    id: row.id,
    store_id: row.store_id,
    account_id: row.account_id,
    orders: ordersOf(row.parts),
    connection_id: row.connection_id,
    number: row.number,
    series: row.series,
    ...figures,
    subtotal: amount(row.raw_subtotal),
    charge_total: amount(row.raw_charge_total),
    tax_total: amount(row.raw_tax_total),
    outstanding: outstandingOf(figures),
    tax_summary: row.tax_summary,
    seller: row.seller,
    buyer: row.buyer,
    issued_at: new Date(row.issued_at),
    due_at: new Date(row.due_at),
    terms: row.terms,
    paid_at: toDate(row.paid_at),
    voided_at: toDate(row.voided_at),
    revision: row.revision,
    announced_revision: row.announced_revision,
    created_at: new Date(row.created_at),
  }
}

export function toInvoiceLine(row: InvoiceLineRow, currencyCode: string): InvoiceLine {
  const amount = (raw: RawAmount) => roundAmount(raw.value, currencyCode)
  return {
    id: row.id,
    invoice_id: row.invoice_id,
    line_number: row.line_number,
    kind: row.kind,
    order_id: row.order_id,
    order_line_id: row.order_line_id,
    sku: row.sku,
    title: row.title,
    quantity: row.quantity,
    unit_price: decimalString(row.raw_unit_price.value),
    subtotal: amount(row.raw_subtotal),
    tax_rate: decimalString(row.raw_tax_rate.value),
    tax_code: row.tax_code,
    tax_total: amount(row.raw_tax_total),
    credited_quantity: row.credited_quantity,
    credited_amount: amount(row.raw_credited_amount),
    credited_tax: amount(row.raw_credited_tax),
  }
}

export function toInvoiceEvent(row: InvoiceEventRow): InvoiceHistoryEvent {
  const { id, invoice_id, event, from, to, actor_type, actor_id, reason, details } = row
  return {
    id, invoice_id, event, from, to, actor_type, actor_id, reason, details,
    at: new Date(row.at),
  }
}

export function toCreditNote(row: CreditNoteRow): CreditNote {
  const amount = (raw: RawAmount) => roundAmount(raw.value, row.currency_code)
  return {
    id: row.id,
    store_id: row.store_id,
    account_id: row.account_id,
    invoice_id: row.invoice_id,
    connection_id: row.connection_id,
    number: row.number,
    currency_code: row.currency_code,
    subtotal: amount(row.raw_subtotal),
    charge_total: amount(row.raw_charge_total),
    tax_total: amount(row.raw_tax_total),
    total: amount(row.raw_total),
    tax_summary: row.tax_summary,
    reason: row.reason,
    lines: row.lines.map((line) => ({ ...line, kind: line.kind ?? "item" })),
    issued_at: new Date(row.issued_at),
    posted_at: toDate(row.posted_at),
    actor_type: row.actor_type,
    actor_id: row.actor_id,
    revision: row.revision,
    announced_revision: row.announced_revision,
    created_at: new Date(row.created_at),
  }
}
