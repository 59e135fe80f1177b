import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { notFound } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount } from "../../../../lib/money/amount"
import { insertRecordsSql } from "../../../../lib/sql/insert-records"
import { eventNotAllowed } from "../../../../lib/state-machine/state-machine"
import type { InvoiceEvent, InvoiceFigures, InvoiceStatus } from "../../domain/invoice-machine"
import { allowedInvoiceEvents, conditionsAfter, invoiceMachine } from "../../domain/invoice-machine"
import { amountColumns } from "../columns"
import type { Invoice, InvoiceLine, InvoiceLineRow, InvoiceRow, InvoiceTotal } from "../rows"
import { INVOICE_COLUMNS, toInvoice, toInvoiceLine } from "../rows"

export interface OfStore {
  readonly store_id: string
  readonly id: string
}

/** Locks the invoice's row: every verb that moves its figures takes its turn here first. */
export async function lockInvoice(manager: EntityManager, { store_id, id }: OfStore): Promise<Invoice> {
  return await readInvoice(manager, { store_id, id }, "for update")
}

/**
 * Locks several invoices, in the order of their ids, whoever comes from which side.
 *
 * @throws WholesaleError 404 when one is missing or another store's
 */
export async function lockInvoices(
  manager: EntityManager,
  { store_id, ids }: { readonly store_id: string; readonly ids: readonly string[] }
): Promise<Invoice[]> {
  const rows = await manager.execute<InvoiceRow[]>(
    `select ${INVOICE_COLUMNS} from wholesale_invoice invoice
      where id in (select json_array_elements_text(?::json)) and store_id = ? and deleted_at is null
      order by id for update`,
    [JSON.stringify(ids), store_id]
  )
  const found = new Set(rows.map(({ id }) => id))
  const missing = ids.find((id) => !found.has(id))
  if (missing !== undefined) {
    throw notFound("Invoice", missing)
  }
  return rows.map(toInvoice)
}

/** @throws WholesaleError 404 when it is missing or another store's */
export async function readInvoice(
  manager: EntityManager,
  { store_id, id }: OfStore,
  lock: "" | "for update" = ""
): Promise<Invoice> {
  const rows = await manager.execute<InvoiceRow[]>(
    `select ${INVOICE_COLUMNS} from wholesale_invoice invoice
      where id = ? and store_id = ? and deleted_at is null ${lock}`,
    [id, store_id]
  )
  if (!rows.length) {
    throw notFound("Invoice", id)
  }
  return toInvoice(rows[0])
}

/** Every invoice that an order is on, void ones too, oldest first. */
export async function invoicesOfOrder(
  manager: EntityManager,
  { store_id, order_id }: { readonly store_id: string; readonly order_id: string }
): Promise<Invoice[]> {
  const rows = await manager.execute<InvoiceRow[]>(
    `select ${INVOICE_COLUMNS} from wholesale_invoice invoice
      where id in (select invoice_id from wholesale_invoice_order
                    where order_id = ? and store_id = ? and deleted_at is null)
        and deleted_at is null
      order by issued_at, created_at, id`,
    [order_id, store_id]
  )
  return rows.map(toInvoice)
}

/** What a standing invoice says of one order. */
export interface OrderOnInvoice {
  readonly invoice_id: string
  readonly issued_at: Date
  /** 0 for the whole order, else sequences of its shipments. */
  readonly parts: readonly number[]
  /** Of the order's lines, their shares of the taxes included. */
  readonly total: Amount
}

/** What invoices that are not void say of an order: its lines there, together. */
export async function sharesOfOrder(
  manager: EntityManager,
  { store_id, order_id }: { readonly store_id: string; readonly order_id: string }
): Promise<OrderOnInvoice[]> {
  const rows = await manager.execute<(Omit<OrderOnInvoice, "issued_at" | "total"> & { issued_at: Date | string; currency_code: string; total: string })[]>(
    `select item.invoice_id, invoice.issued_at, invoice.currency_code, jsonb_agg(item.part order by item.part) as parts,
            (select coalesce(sum(line.subtotal + line.tax_total), 0) from wholesale_invoice_line line
              where line.invoice_id = item.invoice_id and line.order_id = item.order_id
                and line.deleted_at is null) as total
       from wholesale_invoice_order item join wholesale_invoice invoice on invoice.id = item.invoice_id
      where item.order_id = ? and item.store_id = ? and item.withdrawn_at is null and item.deleted_at is null
      group by item.invoice_id, item.order_id, invoice.issued_at, invoice.currency_code
      order by item.invoice_id`,
    [order_id, store_id]
  )
  return rows.map(({ invoice_id, issued_at, parts, total, currency_code }) => ({
    invoice_id,
    issued_at: new Date(issued_at),
    parts,
    total: roundAmount(total, currency_code),
  }))
}

export async function readLines(
  manager: EntityManager,
  invoice: Pick<Invoice, "id" | "currency_code">
): Promise<InvoiceLine[]> {
  const rows = await manager.execute<InvoiceLineRow[]>(
    `select * from wholesale_invoice_line
      where invoice_id = ? and deleted_at is null order by line_number`,
    [invoice.id]
  )
  return rows.map((row) => toInvoiceLine(row, invoice.currency_code))
}

/**
 * @throws WholesaleError 409 `not_allowed` with the invoice's status and the allowed events, whatever
 * the event would leave open
 */
export function assertAllowed(invoice: Invoice, event: InvoiceEvent): void {
  const allowed = allowedInvoiceEvents(invoice)
  if (!allowed.includes(event)) {
    throw eventNotAllowed({
      document: "Invoice",
      id: invoice.id,
      number: invoice.number,
      status: invoice.status,
      event,
      allowedEvents: allowed,
    })
  }
}

/** What an event leaves an invoice's totals at; those that are not named stay as they are. */
export interface InvoiceChange {
  readonly invoice: Invoice
  readonly event: InvoiceEvent
  readonly totals?: Partial<Pick<InvoiceFigures, MovingTotal>>
  readonly details?: Readonly<Record<string, unknown>>
}

export interface ChangedBy {
  readonly at: Date
  readonly actor: Actor
  readonly reason?: string
}

type MovingTotal = Exclude<InvoiceTotal, "total">

const MOVING_TOTALS = [
  "paid_total",
  "credited_total",
  "applied_credit_total",
  "discount_total",
  "written_off_total",
] as const satisfies readonly MovingTotal[]

/**
 * Moves the figures and status of locked invoices, raises their revisions and writes their history, in
 * one statement each for any number of invoices. A status follows from the figures.
 *
 * @returns the invoices as they are now, in the order of the changes
 */
export async function changeInvoices(
  manager: EntityManager,
  changes: readonly InvoiceChange[],
  by: ChangedBy
): Promise<Invoice[]> {
  if (!changes.length) {
    return []
  }
  const moved = changes.map((change) => ({ ...change, ...moveOf(change, by.at) }))
  const columns = MOVING_TOTALS.flatMap((total) => [total, `raw_${total}`])
  const rows = await manager.execute<InvoiceRow[]>(
    `update wholesale_invoice invoice
        set ${["status", "paid_at", "voided_at", ...columns].map((column) => `${column} = moved.${column}`).join(", ")},
            revision = invoice.revision + 1, updated_at = now()
       from json_populate_recordset(null::wholesale_invoice, ?::json) moved
      where invoice.id = moved.id
  returning ${INVOICE_COLUMNS}`,
    [JSON.stringify(moved.map(({ record }) => record))]
  )
  await insertRecords(
    manager,
    "wholesale_invoice_event",
    moved.map(({ invoice, event, details, to }) =>
      eventRecord(invoice, { event, from: invoice.status, to, details, ...by })
    )
  )
  const after = new Map(rows.map((row) => [row.id, toInvoice(row)]))
  return changes.map(({ invoice }) => after.get(invoice.id) ?? invoice)
}

function moveOf(
  { invoice, event, totals }: InvoiceChange,
  at: Date
): { to: InvoiceStatus; record: Record<string, unknown> } {
  const figures: InvoiceFigures = { ...invoice, ...totals }
  const to = invoiceMachine.advance({
    id: invoice.id,
    number: invoice.number,
    state: invoice.status,
    event,
    holds: conditionsAfter(figures),
  })
  const amounts = Object.fromEntries(MOVING_TOTALS.map((total) => [total, figures[total]]))
  return {
    to,
    record: {
      id: invoice.id,
      status: to,
      paid_at: to === "paid" ? (invoice.paid_at ?? at).toISOString() : null,
      voided_at: to === "void" ? at.toISOString() : null,
      ...amountColumns(amounts),
    },
  }
}

interface HistoryEntry extends ChangedBy {
  readonly event: InvoiceEvent | "issue"
  readonly from: InvoiceStatus | null
  readonly to: InvoiceStatus
  readonly details?: Readonly<Record<string, unknown>>
}

type OfInvoice = Pick<Invoice, "id" | "store_id">

export async function writeEvent(
  manager: EntityManager,
  invoice: OfInvoice,
  entry: HistoryEntry
): Promise<void> {
  await insertRecords(manager, "wholesale_invoice_event", [eventRecord(invoice, entry)])
}

function eventRecord(invoice: OfInvoice, entry: HistoryEntry): Record<string, unknown> {
  return {
    id: generateEntityId(undefined, "whinvev"),
    store_id: invoice.store_id,
    invoice_id: invoice.id,
    event: entry.event,
    from: entry.from,
    to: entry.to,
    actor_type: entry.actor.actor_type,
    actor_id: entry.actor.actor_id,
    reason: entry.reason ?? null,
    details: entry.details ?? null,
    at: entry.at.toISOString(),
  }
}

/** Inserts records of one shape; their members are the columns. */
export async function insertRecords(
  manager: EntityManager,
  table: string,
  records: readonly Readonly<Record<string, unknown>>[],
  options: { readonly onConflictDoNothing?: boolean } = {}
): Promise<void> {
  if (records.length) {
    await manager.execute(insertRecordsSql(table, Object.keys(records[0]), options), [
      JSON.stringify(records),
    ])
  }
}
