import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { SYSTEM_ACTOR } from "../../../lib/actor/actor"
import { notFound } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"
import type { KeyPage } from "../../../lib/sql/key-page"
import type { SeenBy } from "../../../lib/sql/snapshot"
import { seeSnapshot } from "../../../lib/sql/snapshot"

interface PostingRule {
  readonly table: string
  readonly document: string
  readonly amount: "amount" | "total"
  /** The column that says from when it counts. */
  readonly effective: string
  /** Of the columns that say why, by whom, and that the entry stands in the ledger. */
  readonly prefix: "" | "void_" | "reversal_"
  /** Which rows of the table have such an entry. */
  readonly where: string
  /** Where no column says why. */
  readonly unexplained?: true
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
  payment: { ...payment, effective: "received_at", prefix: "", where: "true", unexplained: true },
  payment_void: { ...payment, effective: "voided_at", prefix: "void_", where: "document.voided_at is not null" },
  credit_note: {
    table: "wholesale_credit_note",
    document: "Credit note",
    amount: "total",
    effective: "issued_at",
    prefix: "",
    where: "true",
  },
  refund: {
    table: "wholesale_refund",
    document: "Refund",
    amount: "amount",
    effective: "refunded_at",
    prefix: "",
    where: "true",
  },
  discount: { ...allocation, effective: "applied_on", prefix: "", where: "document.kind = 'discount'" },
  discount_void: {
    ...allocation,
    effective: "reversed_on",
    prefix: "reversal_",
    where: "document.kind = 'discount' and document.reversed_on is not null",
  },
  write_off: { ...allocation, effective: "applied_on", prefix: "", where: "document.kind = 'write_off'" },
  write_off_void: {
    ...allocation,
    effective: "reversed_on",
    prefix: "reversal_",
    where: "document.kind = 'write_off' and document.reversed_on is not null",
  },
  late_charge: { ...lateCharge, effective: "charged_at", prefix: "", where: "true" },
  late_charge_void: { ...lateCharge, effective: "voided_at", prefix: "void_", where: "document.voided_at is not null" },
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

/** An entry as the ledger is told: from when, why and by whom stands on its document, whoever posts it. */
export interface DueEntry extends Posting {
  readonly effective_at: Date
  readonly reason: string | null
  readonly actor: Actor
}

/**
 * Notes that the documents' entries stand in their accounts' ledgers; the first time counts. One statement
 * for all of a type.
 *
 * @throws WholesaleError 404
 */
export async function markPosted(
  manager: EntityManager,
  documents: readonly PostableDocument[]
): Promise<void> {
  for (const [type, named] of byType(documents)) {
    const { table, prefix } = POSTINGS[type]
    const marker = `${prefix}posted_at`
    const marked = await manager.execute<{ id: string }[]>(
      `update ${table} document set ${marker} = coalesce(${marker}, now()), updated_at = now()
        where ${IS_NAMED} and document.deleted_at is null returning document.id`,
      [JSON.stringify(named)]
    )
    const ids = new Set(marked.map(({ id }) => id))
    for (const { id } of named) {
      assertFound(type, id, ids.has(id))
    }
  }
}

/**
 * What the ledger is told of documents, in their order. One statement for all of a type.
 *
 * @throws WholesaleError 404, also of a document that has no such entry
 */
export async function dueEntries(
  manager: EntityManager,
  documents: readonly PostableDocument[]
): Promise<DueEntry[]> {
  const entries = new Map<string, DueEntry>()
  for (const [type, named] of byType(documents)) {
    const rows = await manager.execute<PostingRow[]>(
      `${selectPostings(type)}
        where ${IS_NAMED} and document.deleted_at is null and ${POSTINGS[type].where}`,
      [JSON.stringify(named)]
    )
    for (const row of rows) {
      entries.set(`${type}:${row.id}`, toDueEntry(type, row))
    }
  }
  return documents.map(({ type, id }) => {
    const entry = entries.get(`${type}:${id}`)
    assertFound(type, id, entry)
    return entry
  })
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
  const { prefix, where } = POSTINGS[type]
  const rows = await manager.execute<PostingRow[]>(
    `${selectPostings(type)}
      where document.${prefix}posted_at is null and document.deleted_at is null and document.id > ?
        and ${where}
      order by document.id limit ?`,
    [after, limit]
  )
  return rows.map((row) => toPosting(type, row))
}

/**
 * What accounts' documents have for the ledger and are not noted to have there: of each the entry stands or
 * not, for the note is made after it.
 */
export async function unnotedEntries(
  manager: EntityManager,
  { store_id, account_ids, ...seen }: SeenBy & { readonly store_id: string; readonly account_ids: readonly string[] }
): Promise<(DueEntry & { readonly currency_code: string })[]> {
  await seeSnapshot(manager, seen)
  const rows = await manager.execute<(PostingRow & { readonly type: PostingType })[]>(
    `with asked as (select json_array_elements_text(?::json) as account_id)
     ${POSTING_TYPES.map(
       (type) => `select '${type}' as type, unnoted.* from (${selectPostings(type)}
         where document.${POSTINGS[type].prefix}posted_at is null and document.deleted_at is null
           and document.store_id = ? and document.account_id in (select account_id from asked)
           and ${POSTINGS[type].where}) unnoted`
     ).join(" union all ")}`,
    [JSON.stringify(account_ids), ...POSTING_TYPES.map(() => store_id)]
  )
  return rows.map((row) => ({ ...toDueEntry(row.type, row), currency_code: row.currency_code }))
}

interface PostingRow {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly currency_code: string
  readonly raw_amount: { readonly value: string }
  readonly effective_at: Date | string
  readonly reason: string | null
  /** Null of a late charge that was voided before this was kept. */
  readonly actor_type: Actor["actor_type"] | null
  readonly actor_id: string | null
}

/** The condition on `document` that picks those of a list. */
const IS_NAMED = `(document.id, document.store_id) in
  (select id, store_id from json_to_recordset(?::json) as named(id text, store_id text))`

function byType(documents: readonly PostableDocument[]): Map<PostingType, PostableDocument[]> {
  const found = new Map<PostingType, PostableDocument[]>()
  for (const document of documents) {
    found.set(document.type, [...(found.get(document.type) ?? []), document])
  }
  return found
}

function assertFound<Found>(type: PostingType, id: string, found: Found): asserts found is NonNullable<Found> {
  if (!found) {
    throw notFound(POSTINGS[type].document, id)
  }
}

function selectPostings(type: PostingType): string {
  const { table, amount, effective, prefix, unexplained }: PostingRule = POSTINGS[type]
  const columns = `document.id, document.store_id, document.account_id, document.raw_${amount} as raw_amount,
    document.${effective} as effective_at,
    ${unexplained ? "null" : `document.${prefix}reason`} as reason,
    document.${prefix}actor_type as actor_type, document.${prefix}actor_id as actor_id`
  return table === allocation.table
    ? `select ${columns}, invoice.currency_code
         from ${table} document join wholesale_invoice invoice on invoice.id = document.invoice_id`
    : `select ${columns}, document.currency_code from ${table} document`
}

function toPosting(
  type: PostingType,
  { id, store_id, account_id, raw_amount, currency_code }: PostingRow
): Posting {
  return { type, id, store_id, account_id, amount: roundAmount(raw_amount.value, currency_code) }
}

function toDueEntry(type: PostingType, row: PostingRow): DueEntry {
  const { reason, actor_type, actor_id } = row
  const actor = actor_type && actor_id ? { actor_type, actor_id } : SYSTEM_ACTOR
  return { ...toPosting(type, row), effective_at: new Date(row.effective_at), reason, actor }
}
