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
import { toInvoice } from "../rows"

export interface IssueInvoiceInput {
  readonly store_id: string
  readonly account_id: string
  readonly order_id: string
  readonly order_number: string
  readonly purchase_order_id?: string | null
  readonly purchase_order_number?: string | null
  readonly connection_id?: string | null
  /** 0 (the default) for the whole order, else the sequence of the shipment. */
  readonly part?: number
  readonly currency_code: string
  readonly lines: readonly InvoiceLineInput[]
  /** What the rates on the lines are called; bases and taxes are computed here. */
  readonly tax_summary?: readonly TaxLabel[]
  readonly seller: Party
  readonly buyer: Party
  readonly terms: PaymentTerms
  /** The store's invoice number pattern. */
  readonly number_pattern: string
  readonly issued_at?: Date
  readonly actor: Actor
}

/**
 * Issues the invoice of an order, or of one of its shipments, with the next number of the store. One
 * (order, part) has one invoice: asked for again, also at the same time, it answers the one there is,
 * void or not. An invoice over nothing is `paid` from the start.
 *
 * @throws WholesaleError 400 `invalid_invoice_line`, 400 `invalid_number_pattern`
 */
export async function issueInvoice(
  manager: EntityManager,
  input: IssueInvoiceInput
): Promise<Invoice> {
  const issuedAt = input.issued_at ?? new Date()
  const totals = calculateInvoiceTotals(input.lines, input.currency_code, input.tax_summary)
  const record = invoiceRecord(input, totals, issuedAt)

  // The row goes in before its number is drawn: the unique (order, part) stops a second caller here,
  // and no number is drawn for it.
  const inserted = await manager.execute<{ id: string }[]>(
    `${insertRecordsSql("wholesale_invoice", Object.keys(record), {
      onConflictDoNothing: true,
    })} returning id`,
    [JSON.stringify([record])]
  )
  if (!inserted.length) {
    return await invoiceOf(manager, input)
  }
  const number = await drawNumber(manager, {
    store_id: input.store_id,
    series: "invoice",
    pattern: input.number_pattern,
    at: issuedAt,
  })
  const [row] = await manager.execute<InvoiceRow[]>(
    `update wholesale_invoice set number = ? where id = ? returning *`,
    [number, inserted[0].id]
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

async function invoiceOf(manager: EntityManager, input: IssueInvoiceInput): Promise<Invoice> {
  const rows = await manager.execute<InvoiceRow[]>(
    `select * from wholesale_invoice
      where store_id = ? and order_id = ? and part = ? and deleted_at is null`,
    [input.store_id, input.order_id, input.part ?? 0]
  )
  if (!rows.length) {
    throw new WholesaleError(
      409,
      "invoice_of_another_store",
      `Order ${input.order_id} was invoiced by another store.`,
      { order_id: input.order_id }
    )
  }
  return toInvoice(rows[0])
}

function invoiceRecord(
  input: IssueInvoiceInput,
  totals: InvoiceTotals,
  issuedAt: Date
): Record<string, unknown> {
  const part = input.part ?? 0
  const id = derivedId("whinv", input.order_id, String(part))
  const free = MathBN.eq(totals.total, 0)
  return {
    id,
    store_id: input.store_id,
    account_id: input.account_id,
    order_id: input.order_id,
    order_number: input.order_number,
    purchase_order_id: input.purchase_order_id ?? null,
    purchase_order_number: input.purchase_order_number ?? null,
    connection_id: input.connection_id ?? null,
    // Stands for the number until it is drawn, in this same transaction.
    number: id,
    part,
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
  return input.lines.map((line, index) => ({
    id: generateEntityId(undefined, "whinvl"),
    store_id: invoice.store_id,
    invoice_id: invoice.id,
    line_number: index + 1,
    kind: line.kind ?? "item",
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
