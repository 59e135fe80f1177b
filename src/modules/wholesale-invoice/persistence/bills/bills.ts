import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId, MathBN } from "@medusajs/framework/utils"

import type { Edition } from "../../../../lib/edition/edition"
import type { InvoiceLineKind } from "../../../../lib/charges/charge"
import { notFound } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount } from "../../../../lib/money/amount"
import { insertRecordsSql, rawAmount } from "../../../../lib/sql/insert-records"
import type { BillOrder } from "../../domain/bill-order"
import type { InvoiceFigures } from "../../domain/invoice-machine"
import type { TaxSummaryRow } from "../../domain/invoice-totals"
import type { RawAmount, Row } from "../columns"
import { amountColumns } from "../columns"
import type { OfStore } from "../invoices/invoices"

export interface BillLine {
  /** The invoice's own. */
  readonly line_id: string
  readonly kind: InvoiceLineKind
  readonly purchase_order_line_id: string | null
  readonly sku: string
  readonly title: string
  readonly quantity: number
  readonly unit_price: Amount
  readonly tax_rate: string
  readonly subtotal: Amount
}

/** The figures of an invoice as a partner is told them. */
export interface BillFigures
  extends Pick<InvoiceFigures, "currency_code" | "status" | "total" | "paid_total" | "credited_total"> {
  /** Not said by partners whose documents are older. */
  readonly outstanding?: Amount | null
}

export interface Bill extends BillFigures {
  readonly id: string
  readonly store_id: string
  readonly connection_id: string
  readonly invoice_id: string
  readonly invoice_number: string
  readonly orders: BillOrder[]
  readonly subtotal: Amount
  readonly charge_total: Amount
  readonly tax_total: Amount
  readonly outstanding: Amount
  readonly tax_summary: TaxSummaryRow[]
  readonly lines: BillLine[]
  readonly issued_at: Date
  readonly due_at: Date
  readonly document_incarnation: number
  readonly document_revision: number
  readonly created_at: Date
}

export type BillRow = Row<
  Omit<Bill, "outstanding">,
  "subtotal" | "charge_total" | "tax_total" | "total" | "paid_total" | "credited_total",
  "issued_at" | "due_at" | "created_at"
> & { readonly raw_outstanding: RawAmount | null }

/** An edition of a partner's invoice. Payments and credit notes are in its totals at every revision. */
export interface ReceiveInvoiceInput extends BillFigures, Edition {
  readonly store_id: string
  readonly connection_id: string
  readonly invoice_id: string
  readonly number: string
  readonly orders: readonly BillOrder[]
  readonly subtotal: Amount
  readonly charge_total: Amount
  readonly tax_total: Amount
  readonly tax_summary: readonly TaxSummaryRow[]
  readonly lines: readonly BillLine[]
  readonly issued_at: Date | string
  readonly due_at: Date | string
}

/**
 * Keeps the partner's invoice at its newest edition. One that is known or older changes nothing
 * (`applied: false`), so documents may come twice and in any order.
 *
 * @throws WholesaleError 404 when the connection is another store's
 */
export async function receiveInvoice(
  manager: EntityManager,
  input: ReceiveInvoiceInput
): Promise<{ bill: Bill; applied: boolean }> {
  const record = {
    id: generateEntityId(undefined, "whbill"),
    store_id: input.store_id,
    connection_id: input.connection_id,
    invoice_id: input.invoice_id,
    invoice_number: input.number,
    orders: input.orders,
    status: input.status,
    currency_code: input.currency_code.toLowerCase(),
    ...amountColumns({
      subtotal: input.subtotal,
      charge_total: input.charge_total,
      tax_total: input.tax_total,
      total: input.total,
      paid_total: input.paid_total,
      credited_total: input.credited_total,
    }),
    outstanding: input.outstanding ?? null,
    raw_outstanding: input.outstanding ? rawAmount(input.outstanding) : null,
    tax_summary: input.tax_summary,
    lines: input.lines,
    issued_at: new Date(input.issued_at).toISOString(),
    due_at: new Date(input.due_at).toISOString(),
    document_incarnation: input.incarnation,
    document_revision: input.revision,
  }
  const applied = await upsertNewer<BillRow>(
    manager,
    "wholesale_bill",
    ["connection_id", "invoice_id"],
    record
  )
  if (applied) {
    return { bill: toBill(applied), applied: true }
  }
  const rows = await manager.execute<BillRow[]>(
    `select * from wholesale_bill
      where connection_id = ? and invoice_id = ? and store_id = ? and deleted_at is null`,
    [input.connection_id, input.invoice_id, input.store_id]
  )
  if (!rows.length) {
    throw notFound("Connection", input.connection_id)
  }
  return { bill: toBill(rows[0]), applied: false }
}

/** What follows from the other figures, as long as nothing was discounted or written off. */
function outstandingOfBill({ status, total, paid_total, credited_total, currency_code }: BillFigures): Amount {
  const open = MathBN.sub(MathBN.sub(total, paid_total), credited_total)
  const settled = status !== "issued" && status !== "partially_paid"
  return roundAmount(settled || MathBN.lt(open, 0) ? 0 : open, currency_code)
}

/** @throws WholesaleError 404 when it is missing or another store's */
export async function readBill(
  manager: EntityManager,
  { store_id, id }: OfStore
): Promise<Bill> {
  const rows = await manager.execute<BillRow[]>(
    `select * from wholesale_bill where id = ? and store_id = ? and deleted_at is null`,
    [id, store_id]
  )
  if (!rows.length) {
    throw notFound("Bill", id)
  }
  return toBill(rows[0])
}

export function toBill(row: BillRow): Bill {
  const amount = (raw: RawAmount) => roundAmount(raw.value, row.currency_code)
  const figures = {
    currency_code: row.currency_code,
    status: row.status,
    total: amount(row.raw_total),
    paid_total: amount(row.raw_paid_total),
    credited_total: amount(row.raw_credited_total),
  }
  return {
    id: row.id,
    store_id: row.store_id,
    connection_id: row.connection_id,
    invoice_id: row.invoice_id,
    invoice_number: row.invoice_number,
    orders: row.orders,
    ...figures,
    subtotal: amount(row.raw_subtotal),
    charge_total: amount(row.raw_charge_total),
    tax_total: amount(row.raw_tax_total),
    outstanding: row.raw_outstanding ? amount(row.raw_outstanding) : outstandingOfBill(figures),
    tax_summary: row.tax_summary,
    lines: row.lines.map((line) => ({ ...line, kind: line.kind ?? "item" })),
    issued_at: new Date(row.issued_at),
    due_at: new Date(row.due_at),
    document_incarnation: row.document_incarnation,
    document_revision: row.document_revision,
    created_at: new Date(row.created_at),
  }
}

/**
 * Inserts the record, or replaces the one with the same unique columns where its edition is older,
 * in one statement; undefined where nothing was newer. The record's id must be a fresh one: PostgreSQL
 * watches one unique index for the conflict, and any other would turn two at once into an error.
 */
export async function upsertNewer<Result>(
  manager: EntityManager,
  table: string,
  unique: readonly string[],
  record: Readonly<Record<string, unknown>>
): Promise<Result | undefined> {
  const columns = Object.keys(record)
  const replaced = columns
    .filter((column) => column !== "id" && !unique.includes(column))
    .map((column) => `"${column}" = excluded."${column}"`)
  const rows = await manager.execute<[Result] | []>(
    `${insertRecordsSql(table, columns)}
       on conflict (${unique.join(", ")}) where deleted_at is null
       do update set ${replaced.join(", ")}, updated_at = now()
       where (${table}.document_incarnation, ${table}.document_revision)
             < (excluded.document_incarnation, excluded.document_revision)
         and ${table}.store_id = excluded.store_id
     returning *`,
    [JSON.stringify([record])]
  )
  return rows[0]
}
