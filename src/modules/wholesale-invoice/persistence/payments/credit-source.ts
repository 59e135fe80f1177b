import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount, subtractAmounts } from "../../../../lib/money/amount"
import type { RawAmount } from "../columns"
import { latest } from "./open-items"

/** What credit on account comes from. */
export interface SourceRef {
  readonly type: "payment" | "credit_note"
  readonly id: string
}

/** A payment or credit note under lock. Every verb that spends it or takes it back comes here first. */
export interface CreditSource extends SourceRef {
  readonly store_id: string
  readonly account_id: string
  readonly connection_id: string | null
  readonly currency_code: string
  readonly amount: Amount
  readonly refunded: Amount
  /** Neither put to an invoice nor paid back. */
  readonly unapplied: Amount
  /** When the money came, or the note was issued. */
  readonly dated_at: Date
  /** Before this nothing new is done with what is unapplied: it came, or was taken back. */
  readonly free_since: Date
  /** The invoice of a credit note. */
  readonly own_invoice_id: string | null
  readonly is_void: boolean
  /** What people call it. */
  readonly label: string
}

interface SourceRow {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly connection_id: string | null
  readonly currency_code: string
  readonly raw_amount: RawAmount
  readonly dated_at: Date | string
  readonly own_invoice_id: string | null
  readonly is_void: boolean
  readonly label: string
}

const SELECT_SOURCE = {
  payment: `select id, store_id, account_id, connection_id, currency_code, raw_amount,
       received_at as dated_at, null as own_invoice_id, voided_at is not null as is_void,
       concat_ws(' ', 'Payment', coalesce(reference, id)) as label
  from wholesale_payment`,
  credit_note: `select id, store_id, account_id, connection_id, currency_code, raw_total as raw_amount,
       issued_at as dated_at, invoice_id as own_invoice_id, false as is_void,
       concat_ws(' ', 'Credit note', number) as label
  from wholesale_credit_note`,
} as const

const SOURCE_COLUMN = { payment: "payment_id", credit_note: "credit_note_id" } as const

/**
 * Locks a payment or a credit note. Lock order: source, then invoices by id.
 *
 * @throws WholesaleError 404 when it is missing or another store's
 */
export async function lockSource(
  manager: EntityManager,
  { type, id, store_id }: SourceRef & { readonly store_id: string }
): Promise<CreditSource> {
  const [row] = await manager.execute<SourceRow[]>(
    `${SELECT_SOURCE[type]} where id = ? and store_id = ? and deleted_at is null for update`,
    [id, store_id]
  )
  if (!row) {
    throw notFound(type === "payment" ? "Payment" : "Credit note", id)
  }
  return await sourceOf(manager, type, row)
}

/** Read after the lock is held: a statement that waited for it would see sums from before. */
async function sourceOf(
  manager: EntityManager,
  type: SourceRef["type"],
  { raw_amount, dated_at, ...row }: SourceRow
): Promise<CreditSource> {
  const column = SOURCE_COLUMN[type]
  const [spent] = await manager.execute<
    [{ allocated: string; refunded: string; released_on: Date | string | null }]
  >(
    `select coalesce(sum(amount) filter (
              where kind in ('payment', 'credit_note') and reversed_on is null), 0) as allocated,
            max(reversed_on) as released_on,
            (select coalesce(sum(amount), 0) from wholesale_refund
              where ${column} = ? and deleted_at is null) as refunded
       from wholesale_payment_allocation where ${column} = ? and deleted_at is null`,
    [row.id, row.id]
  )
  const currency = row.currency_code
  const amount = roundAmount(raw_amount.value, currency)
  const refunded = roundAmount(spent.refunded, currency)
  const left = subtractAmounts(subtractAmounts(amount, spent.allocated, currency), refunded, currency)
  const since = new Date(dated_at)
  return {
    ...row,
    type,
    amount,
    refunded,
    unapplied: row.is_void ? roundAmount(0, currency) : left,
    dated_at: since,
    free_since: latest(since, spent.released_on ? new Date(spent.released_on) : since),
  }
}

/** The columns of an allocation or refund that name its source. */
export function sourceColumns({ type, id }: SourceRef): {
  payment_id: string | null
  credit_note_id: string | null
} {
  return {
    payment_id: type === "payment" ? id : null,
    credit_note_id: type === "credit_note" ? id : null,
  }
}

/** Its partner is told how its money lies now. */
export async function raiseRevision(manager: EntityManager, { type, id }: SourceRef): Promise<void> {
  if (type === "payment") {
    await manager.execute(
      `update wholesale_payment set revision = revision + 1, updated_at = now() where id = ?`,
      [id]
    )
  }
}
