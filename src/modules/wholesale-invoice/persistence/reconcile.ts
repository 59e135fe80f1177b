import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"

/** An invoice whose totals are not what its payments, notes and lines sum to. */
export interface InvoiceDifference {
  readonly invoice_id: string
  readonly number: string
  readonly currency_code: string
  readonly total: Amount
  readonly lines_total: Amount
  readonly paid_total: Amount
  readonly allocated: Amount
  /** Own notes, discounts and write-offs that its totals say, and that its allocations sum to. */
  readonly allowed_total: Amount
  readonly allowances: Amount
  readonly credited_total: Amount
  readonly credit_notes: Amount
  readonly lines_credited: Amount
}

/** A mirror that does not show its order's part of the invoice, or refunds beyond the credit notes on that part. */
export interface MirrorDifference {
  readonly mirror_id: string
  readonly invoice_id: string
  readonly currency_code: string
  readonly total: Amount
  readonly invoice_total: Amount
  readonly refunded_total: Amount
  readonly refunds_done: Amount
}

export interface InvoiceReconciliation {
  readonly invoices: InvoiceDifference[]
  readonly mirrors: MirrorDifference[]
  /** Paid invoices on which there is an order for which no mirror is planned. */
  readonly unmirrored: string[]
}

/** An order's part of an invoice, by its lines. */
const shareOfOrder = (table: "mirror" | "item") => `
  select coalesce(sum(subtotal + tax_total), 0) as total,
         coalesce(sum(credited_amount + credited_tax), 0) as credited
    from wholesale_invoice_line line
   where line.invoice_id = ${table}.invoice_id and line.order_id = ${table}.order_id and line.deleted_at is null`

/**
 * Compares a store's invoices with their lines, allocations and credit notes, and its mirrors with
 * their invoices and refunds. Changes nothing; {@link ensureMirror} repairs what is unmirrored.
 */
export async function reconcile(
  manager: EntityManager,
  store_id: string
): Promise<InvoiceReconciliation> {
  const invoices = await manager.execute<InvoiceDifference[]>(
    `select id as invoice_id, number, currency_code, total, lines_total, paid_total, allocated,
            credited_total, credit_notes, lines_credited, allowances,
            applied_credit_total + discount_total + written_off_total as allowed_total
       from wholesale_invoice invoice
      cross join lateral (
        select coalesce(sum(subtotal + tax_total), 0) as lines_total,
               coalesce(sum(credited_amount + credited_tax), 0) as lines_credited
          from wholesale_invoice_line line
         where line.invoice_id = invoice.id and line.deleted_at is null) lines
      cross join lateral (
        select coalesce(sum(amount) filter (where kind = 'payment'), 0) as allocated,
               coalesce(sum(amount) filter (where kind <> 'payment'), 0) as allowances
          from wholesale_payment_allocation allocation
         where allocation.invoice_id = invoice.id and allocation.late_charge_id is null
           and allocation.reversed_on is null and allocation.deleted_at is null) payments
      cross join lateral (
        select coalesce(sum(note.total), 0) as credit_notes from wholesale_credit_note note
         where note.invoice_id = invoice.id and note.deleted_at is null) notes
      where store_id = ? and deleted_at is null
        and (total <> lines_total or paid_total <> allocated
             or applied_credit_total + discount_total + written_off_total <> allowances
             or paid_total + allowances > total
             or credited_total <> credit_notes or credit_notes <> lines_credited)
      order by number`,
    [store_id]
  )
  const mirrors = await manager.execute<MirrorDifference[]>(
    `select mirror.id as mirror_id, mirror.invoice_id, invoice.currency_code, mirror.total,
            share.total as invoice_total, mirror.refunded_total, refunds_done
       from wholesale_mirror mirror
       join wholesale_invoice invoice on invoice.id = mirror.invoice_id
      cross join lateral (${shareOfOrder("mirror")}) share
      cross join lateral (
        select coalesce(sum(amount), 0) as refunds_done from wholesale_mirror_refund refund
         where refund.mirror_id = mirror.id and refund.status = 'done'
           and refund.deleted_at is null) refunds
      where mirror.store_id = ? and mirror.deleted_at is null
        and (mirror.total <> share.total or mirror.refunded_total <> refunds_done
             or refunds_done > share.credited)
      order by mirror.id`,
    [store_id]
  )
  const unmirrored = await manager.execute<{ id: string }[]>(
    `select distinct invoice.id from wholesale_invoice invoice
       join wholesale_invoice_order item on item.invoice_id = invoice.id and item.deleted_at is null
      cross join lateral (${shareOfOrder("item")}) share
      where invoice.store_id = ? and invoice.status = 'paid' and invoice.deleted_at is null
        and (share.total = 0 or share.credited < share.total)
        and not exists (select 1 from wholesale_mirror mirror
                         where mirror.invoice_id = item.invoice_id and mirror.order_id = item.order_id
                           and mirror.deleted_at is null)
      order by invoice.id`,
    [store_id]
  )
  return {
    invoices: invoices.map((row) => ({
      ...row,
      ...rounded(row, row.currency_code, [
        "total", "lines_total", "paid_total", "allocated", "allowed_total", "allowances",
        "credited_total", "credit_notes", "lines_credited",
      ]),
    })),
    mirrors: mirrors.map((row) => ({
      ...row,
      ...rounded(row, row.currency_code, [
        "total", "invoice_total", "refunded_total", "refunds_done",
      ]),
    })),
    unmirrored: unmirrored.map(({ id }) => id),
  }
}

function rounded<Columns extends string>(
  row: Readonly<Record<Columns, string>>,
  currencyCode: string,
  columns: readonly Columns[]
): Partial<Record<Columns, Amount>> {
  return Object.fromEntries(
    columns.map((column) => [column, roundAmount(row[column], currencyCode)])
  ) as Partial<Record<Columns, Amount>> // fromEntries forgets the names of its keys.
}
