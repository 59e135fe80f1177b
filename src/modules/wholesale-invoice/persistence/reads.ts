import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { MathBN } from "@medusajs/framework/utils"

import { startOfDay } from "../../../lib/calendar/days"
import { notFound } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import { isOverdue } from "../domain/overdue"
import type { InvoiceEvent, InvoiceStatus } from "../domain/invoice-machine"
import { allowedInvoiceEvents } from "../domain/invoice-machine"
import type { OfStore } from "./invoices/invoices"
import { readInvoice, readLines } from "./invoices/invoices"
import { BAD_DEBT, badDebtOf } from "./invoices/write-off"
import type { LateCharge } from "./late-charges/late-charges"
import { lateChargesOf } from "./late-charges/late-charges"
import type { Mirror, MirrorRow } from "./mirrors/mirrors"
import { MIRROR_COLUMNS, MIRROR_TABLES, MIRRORED_ORDER_NUMBER, toMirror } from "./mirrors/mirrors"
import type { Page } from "./paging"
import { containing, listPage } from "./paging"
import type { SourceRef } from "./payments/credit-source"
import { allocationsOf, allocationsOfInvoice, paymentsOfInvoice, refundsOf } from "./payments/payment-reads"
import type { InvoicePayment } from "./payments/payment-reads"
import type { Allocation, Refund } from "./payments/rows"
import type {
  CreditNote,
  CreditNoteRow,
  Invoice,
  InvoiceEventRow,
  InvoiceHistoryEvent,
  InvoiceLine,
  InvoiceRow,
} from "./rows"
import { INVOICE_COLUMNS, toCreditNote, toInvoice, toInvoiceEvent } from "./rows"

export interface InvoiceFilters {
  readonly store_id: string
  readonly status?: InvoiceStatus | readonly InvoiceStatus[]
  readonly account_id?: string
  readonly order_id?: string
  /** true: something is still to be paid after the due date; false: not so. */
  readonly overdue?: boolean
  /** A part of the invoice's, order's or purchase order's number. */
  readonly q?: string
  readonly now?: Date
}

export interface ListedInvoice extends Invoice {
  readonly is_overdue: boolean
  /** How much of it is written off as a bad debt. */
  readonly bad_debt: Amount
}

export interface InvoiceDetail extends ListedInvoice {
  readonly lines: InvoiceLine[]
  /** Those that lie on it. */
  readonly payments: InvoicePayment[]
  /** All that settles it or its late charges, and what did and was taken back. */
  readonly allocations: Allocation[]
  readonly late_charges: LateCharge[]
  readonly credit_notes: CreditNote[]
  /** One an order of its last round, in the order in which they stand on it. */
  readonly mirrors: Mirror[]
  readonly events: InvoiceHistoryEvent[]
  readonly allowed_events: (InvoiceEvent | "undo_write_off")[]
}

/** Invoices of an open status always have something outstanding, so the status and the date tell. */
const OVERDUE = "status in ('issued', 'partially_paid') and due_at < ?::timestamptz"

/** The invoices that parts of a store's orders are on, and were on. */
const ON_INVOICES = "select invoice_id from wholesale_invoice_order where store_id = ? and deleted_at is null"

export async function listInvoices(
  manager: EntityManager,
  filters: InvoiceFilters,
  page: Page = {}
): Promise<{ invoices: ListedInvoice[]; count: number }> {
  const { status, account_id, order_id, overdue, q, now = new Date() } = filters
  const { rows, count } = await listPage<InvoiceRow & { readonly bad_debt: string }>(
    manager,
    {
      columns: `${INVOICE_COLUMNS}, ${BAD_DEBT} as bad_debt`,
      tables: "wholesale_invoice invoice",
      alias: "invoice",
      orderable: ["created_at", "issued_at", "due_at", "number", "status", "total"],
    },
    [
      ["store_id = ?", filters.store_id],
      status === undefined
        ? undefined
        : ["status in (select json_array_elements_text(?::json))", JSON.stringify([status].flat())],
      account_id === undefined ? undefined : ["account_id = ?", account_id],
      order_id === undefined ? undefined : [`id in (${ON_INVOICES} and order_id = ?)`, filters.store_id, order_id],
      overdue === undefined
        ? undefined
        : [overdue ? OVERDUE : `not (${OVERDUE})`, startOfDay(now).toISOString()],
      q === undefined
        ? undefined
        : [
            `number ilike ? or id in (${ON_INVOICES} and (order_number ilike ? or purchase_order_number ilike ?))`,
            containing(q),
            filters.store_id,
            containing(q),
            containing(q),
          ],
    ],
    page
  )
  return {
    invoices: rows.map((row) => {
      const invoice = toInvoice(row)
      const bad_debt = roundAmount(row.bad_debt, invoice.currency_code)
      return { ...invoice, bad_debt, is_overdue: isOverdue(invoice, now) }
    }),
    count,
  }
}

/** The invoice as it was issued. @throws WholesaleError 404 */
export async function invoiceWithLines(
  manager: EntityManager,
  { store_id, id }: OfStore
): Promise<Invoice & { readonly lines: InvoiceLine[] }> {
  const invoice = await readInvoice(manager, { store_id, id })
  return { ...invoice, lines: await readLines(manager, invoice) }
}

/** The invoice with all that belongs to it. @throws WholesaleError 404 */
export async function retrieveInvoice(
  manager: EntityManager,
  { store_id, id, now = new Date() }: OfStore & { readonly now?: Date }
): Promise<InvoiceDetail> {
  const invoice = await readInvoice(manager, { store_id, id })
  const whole = { limit: null, order: "created_at" }
  const allocations = await allocationsOfInvoice(manager, id)
  const bad_debt = badDebtOf(allocations, invoice.currency_code)
  const { credit_notes } = await listCreditNotes(manager, { store_id, invoice_id: id }, whole)
  const { mirrors } = await listMirrors(manager, { store_id, invoice_id: id }, { ...whole, order: "-round" })
  const events = await manager.execute<InvoiceEventRow[]>(
    `select * from wholesale_invoice_event
      where invoice_id = ? and deleted_at is null order by created_at, id`,
    [id]
  )
  return {
    ...invoice,
    is_overdue: isOverdue(invoice, now),
    lines: await readLines(manager, invoice),
    payments: await paymentsOfInvoice(manager, invoice, allocations),
    allocations,
    late_charges: await lateChargesOf(manager, invoice),
    credit_notes,
    mirrors: invoice.orders.flatMap(
      ({ order_id }) => mirrors.find((mirror) => mirror.order_id === order_id) ?? []
    ),
    events: events.map(toInvoiceEvent),
    bad_debt,
    allowed_events: MathBN.gt(bad_debt, 0)
      ? [...allowedInvoiceEvents(invoice).filter((event) => event !== "credit"), "undo_write_off"]
      : allowedInvoiceEvents(invoice),
  }
}

export async function listCreditNotes(
  manager: EntityManager,
  filters: {
    readonly store_id: string
    readonly invoice_id?: string
    readonly account_id?: string
    readonly id?: string
    /** A part of the number. */
    readonly q?: string
  },
  page: Page = {}
): Promise<{ credit_notes: CreditNote[]; count: number }> {
  const { rows, count } = await listPage<CreditNoteRow>(
    manager,
    {
      columns: "note.*",
      tables: "wholesale_credit_note note",
      alias: "note",
      orderable: ["created_at", "issued_at", "number", "total"],
    },
    [
      ["store_id = ?", filters.store_id],
      filters.id === undefined ? undefined : ["id = ?", filters.id],
      filters.invoice_id === undefined ? undefined : ["invoice_id = ?", filters.invoice_id],
      filters.account_id === undefined ? undefined : ["account_id = ?", filters.account_id],
      filters.q === undefined ? undefined : ["number ilike ?", containing(filters.q)],
    ],
    page
  )
  return { credit_notes: rows.map(toCreditNote), count }
}

/** @throws WholesaleError 404 */
export async function retrieveCreditNote(manager: EntityManager, row: OfStore): Promise<CreditNote> {
  const { credit_notes } = await listCreditNotes(manager, row)
  if (!credit_notes.length) {
    throw notFound("Credit note", row.id)
  }
  return credit_notes[0]
}

/** A credit note with where it lies, and what of it is credit on account. */
export interface CreditNoteDetail extends CreditNote {
  readonly invoice_number: string
  readonly allocations: Allocation[]
  readonly refunds: Refund[]
  readonly refunded_total: Amount
  readonly unapplied: Amount
}

/** @throws WholesaleError 404 */
export async function creditNoteDetail(manager: EntityManager, row: OfStore): Promise<CreditNoteDetail> {
  const note = await retrieveCreditNote(manager, row)
  const { number } = await readInvoice(manager, { store_id: row.store_id, id: note.invoice_id })
  const source: SourceRef = { type: "credit_note", id: note.id }
  const allocations = await allocationsOf(manager, source)
  const refunds = await refundsOf(manager, source)
  const sum = (amounts: readonly Amount[]) => sumAmounts(amounts, note.currency_code)
  const lying = allocations.filter(
    ({ kind, reversed_on }) => (kind === "payment" || kind === "credit_note") && !reversed_on
  )
  const refunded_total = sum(refunds.map(({ amount }) => amount))
  const spent = sum([...lying.map(({ amount }) => amount), refunded_total])
  return {
    ...note,
    invoice_number: number,
    allocations,
    refunds,
    refunded_total,
    unapplied: subtractAmounts(note.total, spent, note.currency_code),
  }
}

export async function listMirrors(
  manager: EntityManager,
  filters: {
    readonly store_id: string
    readonly core_order_id?: string
    readonly invoice_id?: string
    readonly order_id?: string
    /** A part of the invoice's or the order's number. */
    readonly q?: string
  },
  page: Page = {}
): Promise<{ mirrors: Mirror[]; count: number }> {
  const { rows, count } = await listPage<MirrorRow>(
    manager,
    {
      columns: MIRROR_COLUMNS,
      tables: MIRROR_TABLES,
      alias: "mirror",
      orderable: ["created_at", "made_at", "round", "total", "status"],
    },
    [
      ["mirror.store_id = ?", filters.store_id],
      filters.core_order_id === undefined ? undefined : ["mirror.core_order_id = ?", filters.core_order_id],
      filters.invoice_id === undefined ? undefined : ["mirror.invoice_id = ?", filters.invoice_id],
      filters.order_id === undefined ? undefined : ["mirror.order_id = ?", filters.order_id],
      filters.q === undefined
        ? undefined
        : [
            `invoice.number ilike ? or ${MIRRORED_ORDER_NUMBER} ilike ?`,
            containing(filters.q),
            containing(filters.q),
          ],
    ],
    page
  )
  return { mirrors: rows.map(toMirror), count }
}
