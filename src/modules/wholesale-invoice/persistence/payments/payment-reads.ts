import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { sumAmounts } from "../../../../lib/money/amount"
import type { PaymentStatus } from "../../models/payment"
import type { OfStore } from "../invoices/invoices"
import type { Page } from "../paging"
import { containing, listPage } from "../paging"
import type { Posting } from "../posting"
import type { Invoice, InvoiceRow } from "../rows"
import { INVOICE_COLUMNS, toInvoice } from "../rows"
import type { SourceRef } from "./credit-source"
import type { Allocation, AllocationRow, Payment, PaymentRow, Refund, RefundRow } from "./rows"
import {
  ALLOCATION_COLUMNS,
  ALLOCATION_TABLES,
  PAYMENT_COLUMNS,
  toAllocation,
  toPayment,
  toRefund,
} from "./rows"

export interface PaymentFilters {
  readonly store_id: string
  /** Payments of which money lies on this invoice. */
  readonly invoice_id?: string
  readonly account_id?: string
  readonly status?: PaymentStatus
  readonly method?: string
  /** true: a part of it lies on no invoice and was not paid back. */
  readonly unapplied?: boolean
  /** A part of the reference; or who paid, where these are the accounts of that name. */
  readonly q?: string
  readonly accounts_named?: readonly string[]
}

export interface PaymentDetail extends Payment {
  /** Those that were taken back, too; in the order in which they were made. */
  readonly allocations: Allocation[]
  readonly refunds: Refund[]
}

/** A payment as far as it lies on one invoice. */
export interface InvoicePayment extends Payment {
  readonly applied: Amount
}

/** Of the payment that is read. */
const UNAPPLIED = `payment.status = 'received' and payment.amount
  > (select coalesce(sum(used.amount), 0) from wholesale_payment_allocation used
      where used.payment_id = payment.id and used.kind = 'payment' and used.reversed_on is null
        and used.deleted_at is null)
  + (select coalesce(sum(refund.amount), 0) from wholesale_refund refund
      where refund.payment_id = payment.id and refund.deleted_at is null)`

export async function listPayments(
  manager: EntityManager,
  filters: PaymentFilters,
  page: Page = {}
): Promise<{ payments: Payment[]; count: number }> {
  const { rows, count } = await listPage<PaymentRow>(
    manager,
    {
      columns: PAYMENT_COLUMNS,
      tables: "wholesale_payment payment",
      alias: "payment",
      orderable: ["created_at", "received_at", "amount", "method"],
    },
    [
      ["payment.store_id = ?", filters.store_id],
      filters.invoice_id === undefined
        ? undefined
        : [
            `payment.id in (select payment_id from wholesale_payment_allocation lying
               where lying.invoice_id = ? and lying.reversed_on is null and lying.deleted_at is null)`,
            filters.invoice_id,
          ],
      filters.account_id === undefined ? undefined : ["payment.account_id = ?", filters.account_id],
      filters.status === undefined ? undefined : ["payment.status = ?", filters.status],
      filters.method === undefined ? undefined : ["payment.method = ?", filters.method],
      filters.unapplied === undefined ? undefined : [filters.unapplied ? UNAPPLIED : `not (${UNAPPLIED})`],
      filters.q === undefined
        ? undefined
        : [
            "payment.reference ilike ? or payment.account_id in (select json_array_elements_text(?::json))",
            containing(filters.q),
            JSON.stringify(filters.accounts_named ?? []),
          ],
    ],
    page
  )
  return { payments: rows.map(toPayment), count }
}

/** @throws WholesaleError 404 when it is missing or another store's */
export async function readPayment(manager: EntityManager, { store_id, id }: OfStore): Promise<Payment> {
  const [row] = await manager.execute<PaymentRow[]>(
    `select ${PAYMENT_COLUMNS} from wholesale_payment payment
      where payment.id = ? and payment.store_id = ? and payment.deleted_at is null`,
    [id, store_id]
  )
  if (!row) {
    throw notFound("Payment", id)
  }
  return toPayment(row)
}

/** The payment with all that was done with it. @throws WholesaleError 404 */
export async function retrievePayment(manager: EntityManager, of: OfStore): Promise<PaymentDetail> {
  const source: SourceRef = { type: "payment", id: of.id }
  return {
    ...(await readPayment(manager, of)),
    allocations: await allocationsOf(manager, source),
    refunds: await refundsOf(manager, source),
  }
}

/** What was put to invoices out of a payment or credit note, what was taken back too. */
export async function allocationsOf(
  manager: EntityManager,
  { type, id }: SourceRef
): Promise<Allocation[]> {
  return await readAllocations(manager, `allocation.${type}_id = ?`, id)
}

/** What settles an invoice and its late charges, and what did and was taken back. */
export async function allocationsOfInvoice(manager: EntityManager, invoiceId: string): Promise<Allocation[]> {
  return await readAllocations(manager, "allocation.invoice_id = ?", invoiceId)
}

/** The payments that lie on an invoice or its late charges, oldest first, with how much of each does. */
export async function paymentsOfInvoice(
  manager: EntityManager,
  { store_id, id, currency_code }: Pick<Invoice, "store_id" | "id" | "currency_code">,
  allocations: readonly Allocation[]
): Promise<InvoicePayment[]> {
  const lying = allocations.filter(({ kind, reversed_on }) => kind === "payment" && !reversed_on)
  const { payments } = await listPayments(
    manager,
    { store_id, invoice_id: id },
    { limit: null, order: "created_at" }
  )
  return payments.map((payment) => ({
    ...payment,
    applied: sumAmounts(
      lying.filter(({ payment_id }) => payment_id === payment.id).map(({ amount }) => amount),
      currency_code
    ),
  }))
}

export async function refundsOf(manager: EntityManager, { type, id }: SourceRef): Promise<Refund[]> {
  const rows = await manager.execute<RefundRow[]>(
    `select * from wholesale_refund refund
      where ${type}_id = ? and deleted_at is null order by refunded_at, id`,
    [id]
  )
  return rows.map(toRefund)
}

/** The allocations that a verb made. */
export async function allocationsOfOperation(
  manager: EntityManager,
  operationId: string
): Promise<Allocation[]> {
  return await readAllocations(manager, "allocation.operation_id = ?", operationId)
}

/** The invoices that a verb put money to, as they are now. */
export async function invoicesOfOperation(
  manager: EntityManager,
  operationId: string
): Promise<Invoice[]> {
  const rows = await manager.execute<InvoiceRow[]>(
    `select ${INVOICE_COLUMNS} from wholesale_invoice invoice
      where id in (select invoice_id from wholesale_payment_allocation where operation_id = ?)
      order by issued_at, number`,
    [operationId]
  )
  return rows.map(toInvoice)
}

/** What a verb has for the ledger: its payment where it recorded one, discounts and write-offs. */
export async function postingsOfOperation(
  manager: EntityManager,
  { store_id, operation_id, payment_id = null }: {
    readonly store_id: string
    readonly operation_id: string
    readonly payment_id?: string | null
  }
): Promise<Posting[]> {
  return await manager.execute<Posting[]>(
    `select 'payment' as type, id, store_id, account_id, raw_amount->>'value' as amount
       from wholesale_payment where id = ? and store_id = ?
      union all
     select kind, id, store_id, account_id, raw_amount->>'value'
       from wholesale_payment_allocation
      where operation_id = ? and store_id = ? and kind in ('discount', 'write_off')`,
    [payment_id, store_id, operation_id, store_id]
  )
}

async function readAllocations(
  manager: EntityManager,
  condition: string,
  value: string
): Promise<Allocation[]> {
  const rows = await manager.execute<AllocationRow[]>(
    `select ${ALLOCATION_COLUMNS} from ${ALLOCATION_TABLES}
      where ${condition} and allocation.deleted_at is null
      order by allocation.applied_on, allocation.created_at, invoice.issued_at, invoice.number, allocation.id`,
    [value]
  )
  return rows.map(toAllocation)
}
