import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { notFound } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { insertRecordsSql, rawAmount } from "../../../../lib/sql/insert-records"
import { eventNotAllowed } from "../../../../lib/state-machine/state-machine"
import type { InvoiceEvent, InvoiceFigures, InvoiceStatus } from "../../domain/invoice-machine"
import { allowedInvoiceEvents, conditionsAfter, invoiceMachine } from "../../domain/invoice-machine"
import type { Invoice, InvoiceLine, InvoiceLineRow, InvoiceRow } from "../rows"
import { toInvoice, toInvoiceLine } from "../rows"

export interface OfStore {
  readonly store_id: string
  readonly id: string
}

/** Locks the invoice's row: every verb that moves its figures takes its turn here first. */
export async function lockInvoice(manager: EntityManager, { store_id, id }: OfStore): Promise<Invoice> {
  return await readInvoice(manager, { store_id, id }, "for update")
}

/** @throws WholesaleError 404 when it is missing or another store's */
export async function readInvoice(
  manager: EntityManager,
  { store_id, id }: OfStore,
  lock: "" | "for update" = ""
): Promise<Invoice> {
  const rows = await manager.execute<InvoiceRow[]>(
    `select * from wholesale_invoice where id = ? and store_id = ? and deleted_at is null ${lock}`,
    [id, store_id]
  )
  if (!rows.length) {
    throw notFound("Invoice", id)
  }
  return toInvoice(rows[0])
}

/** Every invoice of an order, void ones too, in the order of their parts. */
export async function invoicesOfOrder(
  manager: EntityManager,
  { store_id, order_id }: { readonly store_id: string; readonly order_id: string }
): Promise<Invoice[]> {
  const rows = await manager.execute<InvoiceRow[]>(
    `select * from wholesale_invoice
      where order_id = ? and store_id = ? and deleted_at is null order by part`,
    [order_id, store_id]
  )
  return rows.map(toInvoice)
}

export async function readLines(manager: EntityManager, invoice: Invoice): Promise<InvoiceLine[]> {
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

export interface InvoiceChange {
  readonly event: InvoiceEvent
  readonly paid_total?: Amount
  readonly credited_total?: Amount
  readonly at: Date
  readonly actor: Actor
  readonly reason?: string
  readonly details?: Readonly<Record<string, unknown>>
}

/**
 * Moves the locked invoice's figures and status, raises its revision and writes its history. The
 * status follows from the figures.
 */
export async function changeInvoice(
  manager: EntityManager,
  invoice: Invoice,
  change: InvoiceChange
): Promise<Invoice> {
  const figures: InvoiceFigures = {
    ...invoice,
    paid_total: change.paid_total ?? invoice.paid_total,
    credited_total: change.credited_total ?? invoice.credited_total,
  }
  const to = invoiceMachine.advance({
    id: invoice.id,
    number: invoice.number,
    state: invoice.status,
    event: change.event,
    holds: conditionsAfter(figures),
  })
  const becamePaid = to === "paid" && invoice.status !== "paid"
  const rows = await manager.execute<InvoiceRow[]>(
    `update wholesale_invoice
        set status = ?, paid_total = ?, raw_paid_total = ?::jsonb,
            credited_total = ?, raw_credited_total = ?::jsonb,
            paid_at = coalesce(paid_at, ?::timestamptz), revision = revision + 1, updated_at = now()
      where id = ? and status = ?
  returning *`,
    [
      to,
      figures.paid_total,
      JSON.stringify(rawAmount(figures.paid_total)),
      figures.credited_total,
      JSON.stringify(rawAmount(figures.credited_total)),
      becamePaid ? change.at.toISOString() : null,
      invoice.id,
      invoice.status,
    ]
  )
  await writeEvent(manager, invoice, { ...change, from: invoice.status, to })
  return toInvoice(rows[0])
}

export async function writeEvent(
  manager: EntityManager,
  invoice: { readonly id: string; readonly store_id: string },
  event: {
    readonly event: InvoiceEvent | "issue"
    readonly from: InvoiceStatus | null
    readonly to: InvoiceStatus
    readonly at: Date
    readonly actor: Actor
    readonly reason?: string
    readonly details?: Readonly<Record<string, unknown>>
  }
): Promise<void> {
  const record = {
    id: generateEntityId(undefined, "whinvev"),
    store_id: invoice.store_id,
    invoice_id: invoice.id,
    event: event.event,
    from: event.from,
    to: event.to,
    actor_type: event.actor.actor_type,
    actor_id: event.actor.actor_id,
    reason: event.reason ?? null,
    details: event.details ?? null,
    at: event.at.toISOString(),
  }
  await insertRecords(manager, "wholesale_invoice_event", [record])
}

/** Inserts records of one shape; their members are the columns. */
export async function insertRecords(
  manager: EntityManager,
  table: string,
  records: readonly Readonly<Record<string, unknown>>[]
): Promise<void> {
  if (records.length) {
    await manager.execute(insertRecordsSql(table, Object.keys(records[0])), [JSON.stringify(records)])
  }
}
