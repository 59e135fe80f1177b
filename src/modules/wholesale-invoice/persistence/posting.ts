import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"
import type { KeyPage } from "../../../lib/sql/key-page"

interface PostingRule {
  readonly table: string
  readonly document: string
  readonly amount: "amount" | "total"
  /** Set when the entry stands in the ledger. */
  readonly marker: string
  /** Which rows of the table have such an entry. */
  readonly where: string
}

const payment = { table: "wholesale_payment", document: "Payment", amount: "amount" } as const
const allocation = {
  table: "wholesale_payment_allocation",
  document: "Allocation",
  amount: "amount",
} as const
const lateCharge = { table: "wholesale_late_charge", document: "Late charge", amount: "amount" } as const

/** Every entry that the documents of this module have in the ledger of credit, by its kind there. */
const POSTINGS = {
  payment: { ...payment, marker: "posted_at", where: "true" },
  payment_void: { ...payment, marker: "void_posted_at", where: "document.voided_at is not null" },
  credit_note: {
    table: "wholesale_credit_note",
    document: "Credit note",
    amount: "total",
    marker: "posted_at",
    where: "true",
  },
  refund: {
    table: "wholesale_refund",
    document: "Refund",
    amount: "amount",
    marker: "posted_at",
    where: "true",
  },
  discount: { ...allocation, marker: "posted_at", where: "document.kind = 'discount'" },
  discount_void: {
    ...allocation,
    marker: "reversal_posted_at",
    where: "document.kind = 'discount' and document.reversed_on is not null",
  },
  write_off: { ...allocation, marker: "posted_at", where: "document.kind = 'write_off'" },
  write_off_void: {
    ...allocation,
    marker: "reversal_posted_at",
    where: "document.kind = 'write_off' and document.reversed_on is not null",
  },
  late_charge: { ...lateCharge, marker: "posted_at", where: "true" },
  late_charge_void: { ...lateCharge, marker: "void_posted_at", where: "document.voided_at is not null" },
} as const satisfies Record<string, PostingRule>

export type PostingType = keyof typeof POSTINGS
export const POSTING_TYPES = Object.keys(POSTINGS) as readonly PostingType[]

export interface PostableDocument {
  readonly type: PostingType
  readonly id: string
  readonly store_id: string
}

/** An entry that is due in the ledger of an account. */
export interface Posting extends PostableDocument {
  readonly account_id: string
  readonly amount: Amount
}

/**
 * Notes that the document's entry stands in its account's ledger; the first time counts.
 *
 * @throws WholesaleError 404
 */
export async function markPosted(
  manager: EntityManager,
  { type, id, store_id }: PostableDocument
): Promise<void> {
  const { table, marker, document } = POSTINGS[type]
  const marked = await manager.execute<{ id: string }[]>(
    `update ${table} set ${marker} = coalesce(${marker}, now()), updated_at = now()
      where id = ? and store_id = ? and deleted_at is null returning id`,
    [id, store_id]
  )
  if (!marked.length) {
    throw notFound(document, id)
  }
}

/**
 * The entries of one kind, of all stores, that are not noted as posted yet: what a crash between
 * document and ledger leaves behind. An entry's own key keeps a document that is only unnoted from being
 * posted twice.
 */
export async function documentsToPost(
  manager: EntityManager,
  { type, limit, after = "" }: KeyPage & Pick<PostableDocument, "type">
): Promise<Posting[]> {
  const { marker, where } = POSTINGS[type]
  const rows = await manager.execute<PostingRow[]>(
    `${selectPostings(type)}
      where document.${marker} is null and document.deleted_at is null and document.id > ?
        and ${where}
      order by document.id limit ?`,
    [after, limit]
  )
  return rows.map((row) => toPosting(type, row))
}

interface PostingRow {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly currency_code: string
  readonly raw_amount: { readonly value: string }
}

function selectPostings(type: PostingType): string {
  const { table, amount } = POSTINGS[type]
  const columns = `document.id, document.store_id, document.account_id, document.raw_${amount} as raw_amount`
  return table === allocation.table
    ? `select ${columns}, invoice.currency_code
         from ${table} document join wholesale_invoice invoice on invoice.id = document.invoice_id`
    : `select ${columns}, document.currency_code from ${table} document`
}

function toPosting(type: PostingType, { raw_amount, currency_code, ...row }: PostingRow): Posting {
  return { type, ...row, amount: roundAmount(raw_amount.value, currency_code) }
}
