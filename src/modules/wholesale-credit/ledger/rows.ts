import type { Context } from "@medusajs/framework/types"
import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"
import type { CreditEntryKind } from "../domain/credit-entry"
import type { CreditPosition } from "../domain/credit-limit"

/** The document an entry is about, `{ type: "order", id }`. */
export interface Reference {
  readonly type: string
  readonly id: string
}

export interface CreditAccount extends CreditPosition {
  readonly id: string
  readonly store_id: string
  readonly entry_count: number
}

export interface CreditEntry {
  readonly id: string
  readonly store_id: string
  readonly credit_account_id: string
  readonly sequence: number
  readonly kind: CreditEntryKind
  readonly balance_delta: Amount
  readonly reserved_delta: Amount
  readonly balance_after: Amount
  readonly reserved_after: Amount
  readonly key: string
  readonly reservation_key: string | null
  readonly reference_type: string
  readonly reference_id: string
  readonly reason: string | null
  readonly actor_type: string
  readonly actor_id: string
  readonly created_at: Date
}

export interface CreditLimitChange {
  readonly id: string
  readonly credit_account_id: string
  readonly from_limit: Amount | null
  readonly to_limit: Amount | null
  readonly reason: string | null
  readonly actor_type: string
  readonly actor_id: string
  readonly changed_at: Date
}

/** An amount column's exact companion as it is stored. */
export interface RawAmount {
  readonly value: string
}

type WithRawAmounts<Row, Columns extends keyof Row & string> = Omit<Row, Columns> & {
  readonly [Column in Columns as `raw_${Column}`]: RawAmount | (null extends Row[Column] ? null : never)
}

export type CreditAccountRow = WithRawAmounts<CreditAccount, "credit_limit" | "balance" | "reserved">

export type CreditEntryRow = Omit<
  WithRawAmounts<
    CreditEntry,
    "balance_delta" | "reserved_delta" | "balance_after" | "reserved_after"
  >,
  "created_at"
> & { readonly created_at: Date | string }

export function toCreditAccount(row: CreditAccountRow): CreditAccount {
  const amount = (raw: RawAmount) => roundAmount(raw.value, row.currency_code)
  return {
    id: row.id,
    store_id: row.store_id,
    account_id: row.account_id,
    currency_code: row.currency_code,
    credit_limit: row.raw_credit_limit && amount(row.raw_credit_limit),
    balance: amount(row.raw_balance),
    reserved: amount(row.raw_reserved),
    entry_count: row.entry_count,
  }
}

export function toCreditEntry(row: CreditEntryRow, currencyCode: string): CreditEntry {
  const amount = (raw: RawAmount) => roundAmount(raw.value, currencyCode)
  return {
    id: row.id,
    store_id: row.store_id,
    credit_account_id: row.credit_account_id,
    sequence: row.sequence,
    kind: row.kind,
    balance_delta: amount(row.raw_balance_delta),
    reserved_delta: amount(row.raw_reserved_delta),
    balance_after: amount(row.raw_balance_after),
    reserved_after: amount(row.raw_reserved_after),
    key: row.key,
    reservation_key: row.reservation_key,
    reference_type: row.reference_type,
    reference_id: row.reference_id,
    reason: row.reason,
    actor_type: row.actor_type,
    actor_id: row.actor_id,
    created_at: new Date(row.created_at),
  }
}

/** The transaction that the decorator of the calling verb has opened or joined. */
export function transactionOf(context: Context<EntityManager>): EntityManager {
  if (!context.transactionManager) {
    throw new Error("A ledger verb runs inside a transaction only.")
  }
  return context.transactionManager
}
