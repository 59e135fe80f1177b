import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId, MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import { derivedId } from "../../../../lib/ids/derived-id"
import { decimalString } from "../../../../lib/money/amount"
import { insertRecordsSql } from "../../../../lib/sql/insert-records"
import type { PaymentTerms } from "../../../../lib/terms/payment-terms"
import { dueDate } from "../../../../lib/terms/payment-terms"
import type { InvoiceLineInput, InvoiceTotals, TaxLabel } from "../../domain/invoice-totals"
import { calculateInvoiceTotals } from "../../domain/invoice-totals"
import { amountColumns } from "../columns"
import { insertRecords, writeEvent } from "./invoices"
import { planMirrors } from "../mirrors/plan-mirrors"
import { drawNumber } from "../numbering"
import type { Invoice, InvoiceRow, Party } from "../rows"
import { INVOICE_COLUMNS, toInvoice } from "../rows"

/** A part of an order, and what of it is invoiced. */
export interface PartToInvoice {
  readonly order_id: string
  readonly order_number: string
  readonly purchase_order_id?: string | null
  readonly purchase_order_number?: string | null
  /** 0 (the default) for the whole order, else the sequence of the shipment. */
  readonly part?: number
  readonly lines: readonly InvoiceLineInput[]
}

export interface IssueInvoiceInput {
  /** Derived where a retry must meet the same invoice; follows from the part where there is only one. */
  readonly id?: string
  readonly store_id: string
  readonly account_id: string
  readonly connection_id?: string | null
  /** In the order in which they stand on the invoice; parts of one order together. */
  readonly parts: readonly PartToInvoice[]
  readonly currency_code: string
  /** What the rates on the lines are called; bases and taxes are computed here. */
  readonly tax_summary?: readonly TaxLabel[]
  readonly seller: Party
  readonly buyer: Party
  readonly terms: PaymentTerms
  /** Of the store's series of numbers, where it is not the one that all invoices are in otherwise. */
  readonly series?: string | null
  /** The series' number pattern. */
  readonly number_pattern: string
  readonly issued_at?: Date
  readonly actor: Actor
}

/**
 * Issues the invoice of an order, of one of its shipments, or of several of either, with the next number
 * of its series. A part stands on one invoice: asked for again, also at the same time, it answers the one
 * there is; under an id that is known, void or not. An invoice over nothing is `paid` from the start.
 *
 * Lock order: parts of orders as they are given, invoice, number series.
 *
 * @throws WholesaleError 400 `invalid_invoice_line`, 400 `invalid_number_pattern`; 409 `already_invoiced`
 * with `orders` and the invoices they are on, when they are not all on one; 409 `invoice_of_another_store`
 */
export async function issueInvoice(
  manager: EntityManager,
  input: IssueInvoiceInput
): Promise<Invoice> {
  const issuedAt = input.issued_at ?? new Date()
  const id = input.id ?? derivedId("whinv", input.parts[0].order_id, String(input.parts[0].part ?? 0))
  const lines = input.parts.flatMap((part) => part.lines)
  const totals = calculateInvoiceTotals(lines, input.currency_code, input.tax_summary)
  const known = await invoiceById(manager, input, id)
  if (known) {
    return known
  }

  // The parts go in first: their unique index stops a second caller here, and no number is drawn for it.
  const parts = partRecords(input, id)
  const taken = await manager.execute<{ id: string }[]>(
    `${insertRecordsSql("wholesale_invoice_order", Object.keys(parts[0]), {
      onConflictDoNothing: true,
    })} returning id`,
    [JSON.stringify(parts)]
  )
  if (taken.length < parts.length) {
    return (await invoiceById(manager, input, id)) ?? (await invoiceOfParts(manager, input, taken.length))
  }
  await insertRecords(manager, "wholesale_invoice", [invoiceRecord(input, totals, issuedAt, id)])
  const number = await drawNumber(manager, {
    store_id: input.store_id,
    series: input.series ? `invoice:${input.series}` : "invoice",
    pattern: input.number_pattern,
    at: issuedAt,
  })
  const [row] = await manager.execute<InvoiceRow[]>(
    `update wholesale_invoice invoice set number = ? where id = ? returning ${INVOICE_COLUMNS}`,
    [number, id]
  )
  const invoice = toInvoice(row)
  await insertRecords(manager, "wholesale_invoice_line", lineRecords(invoice, input, totals))
  await writeEvent(manager, invoice, {
    event: "issue",
    from: null,
    to: invoice.status,
    at: issuedAt,
    actor: input.actor,
  })
  if (invoice.status === "paid") {
    await planMirrors(manager, [invoice])
  }
  return invoice
}

/** @throws WholesaleError 409 `invoice_of_another_store` */
async function invoiceById(
  manager: EntityManager,
  { store_id, parts }: IssueInvoiceInput,
  id: string
): Promise<Invoice | undefined> {
  const [row] = await manager.execute<InvoiceRow[]>(
    `select ${INVOICE_COLUMNS} from wholesale_invoice invoice where id = ? and deleted_at is null`,
    [id]
  )
  if (row && row.store_id !== store_id) {
    throw ofAnotherStore(parts[0])
  }
  return row && toInvoice(row)
}

/**
 * The one invoice that all of the parts are on already.
 *
 * @param taken how many of them were on none
 */
async function invoiceOfParts(
  manager: EntityManager,
  { store_id, parts }: IssueInvoiceInput,
  taken: number
): Promise<Invoice> {
  const rows = await manager.execute<(InvoiceRow & InvoicedPartKey)[]>(
    `select ${INVOICE_COLUMNS}, asked.order_id, asked.part
       from json_to_recordset(?::json) as asked(order_id text, part int)
       join wholesale_invoice_order on_it on on_it.order_id = asked.order_id and on_it.part = asked.part
        and on_it.withdrawn_at is null and on_it.deleted_at is null
       join wholesale_invoice invoice on invoice.id = on_it.invoice_id
      order by asked.order_id, asked.part`,
    [JSON.stringify(parts.map(({ order_id, part = 0 }) => ({ order_id, part })))]
  )
  const foreign = rows.find((row) => row.store_id !== store_id)
  if (foreign) {
    throw ofAnotherStore(foreign)
  }
  if (taken === 0 && new Set(rows.map(({ id }) => id)).size === 1) {
    return toInvoice(rows[0])
  }
  const numberOf = new Map(parts.map(({ order_id, order_number }) => [order_id, order_number]))
  const orders = rows.map(({ order_id, part, id, number }) => ({
    order_id,
    order_number: numberOf.get(order_id),
    part,
    invoice_id: id,
    invoice_number: number,
  }))
  throw new WholesaleError(
    409,
    "already_invoiced",
    `${orders.map(({ order_number, invoice_number }) => `Order ${order_number} is on invoice ${invoice_number}`).join(", ")}. ` +
      "Leave it out, or void that invoice first.",
    { orders }
  )
}

interface InvoicedPartKey {
  readonly order_id: string
  readonly part: number
}

function ofAnotherStore({ order_id }: Pick<InvoicedPartKey, "order_id">): WholesaleError {
  return new WholesaleError(
    409,
    "invoice_of_another_store",
    `Order ${order_id} was invoiced by another store.`,
    { order_id }
  )
}

function partRecords({ store_id, parts }: IssueInvoiceInput, invoiceId: string): Record<string, unknown>[] {
  return parts.map((part, index) => ({
    id: generateEntityId(undefined, "whinvo"),
    store_id,
    invoice_id: invoiceId,
    order_id: part.order_id,
    part: part.part ?? 0,
    order_number: part.order_number,
    purchase_order_id: part.purchase_order_id ?? null,
    purchase_order_number: part.purchase_order_number ?? null,
    position: index + 1,
  }))
}

function invoiceRecord(
  input: IssueInvoiceInput,
  totals: InvoiceTotals,
  issuedAt: Date,
  id: string
): Record<string, unknown> {
  const free = MathBN.eq(totals.total, 0)
  return {
    id,
    store_id: input.store_id,
    account_id: input.account_id,
    connection_id: input.connection_id ?? null,
    // Stands for the number until it is drawn, in this same transaction.
    number: id,
    series: input.series ?? null,
    status: free ? "paid" : "issued",
    currency_code: input.currency_code.toLowerCase(),
    ...amountColumns({
      subtotal: totals.subtotal,
      charge_total: totals.charge_total,
      tax_total: totals.tax_total,
      total: totals.total,
      paid_total: "0",
      credited_total: "0",
    }),
    tax_summary: totals.tax_summary,
    seller: input.seller,
    buyer: input.buyer,
    issued_at: issuedAt.toISOString(),
    due_at: dueDate(issuedAt, input.terms).toISOString(),
    terms: input.terms,
    paid_at: free ? issuedAt.toISOString() : null,
    revision: 1,
    announced_revision: 0,
  }
}

function lineRecords(
  invoice: Invoice,
  input: IssueInvoiceInput,
  totals: InvoiceTotals
): Record<string, unknown>[] {
  const lines = input.parts.flatMap(({ order_id, lines: ofPart }) => ofPart.map((line) => ({ order_id, ...line })))
  return lines.map((line, index) => ({
    id: generateEntityId(undefined, "whinvl"),
    store_id: invoice.store_id,
    invoice_id: invoice.id,
    line_number: index + 1,
    kind: line.kind ?? "item",
    order_id: line.order_id,
    order_line_id: line.order_line_id,
    sku: line.sku,
    title: line.title,
    quantity: line.quantity,
    tax_code: totals.lines[index].tax_code,
    ...amountColumns({
      unit_price: decimalString(line.unit_price),
      subtotal: totals.lines[index].subtotal,
      tax_rate: decimalString(line.tax_rate),
      tax_total: totals.lines[index].tax_total,
      credited_amount: "0",
      credited_tax: "0",
    }),
    credited_quantity: 0,
  }))
}
