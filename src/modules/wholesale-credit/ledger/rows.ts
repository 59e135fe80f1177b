import type { Amount } from "../../../lib/money/amount"
import { decimalString, roundAmount } from "../../../lib/money/amount"
import type { CreditEntryKind } from "../domain/credit-entry"
import type { CreditPosition } from "../domain/credit-limit"
import type { CreditSettings, LimitSettings } from "../../../lib/credit-rules/credit-settings"

/** The document an entry is about, `{ type: "order", id }`. */
export interface Reference {
  readonly type: string
  readonly id: string
}

export interface CreditAccount extends CreditPosition, CreditSettings {
  readonly id: string
  readonly store_id: string
  /** The group whose limit it shares besides its own. */
  readonly group_id: string | null
  readonly entry_count: number
}

export interface CreditEntry {
  readonly id: string
  readonly store_id: string
  readonly credit_account_id: string
  readonly sequence: number
  readonly kind: CreditEntryKind
  /** From when it counts: its document's own date. Totals run in the order of booking all the same. */
  readonly effective_at: Date
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

/** An amount column's exact companion as it is stored. */
export interface RawAmount {
  readonly value: string
}

export type WithRawAmounts<Row, Columns extends keyof Row & string> = Omit<Row, Columns> & {
  readonly [Column in Columns as `raw_${Column}`]: RawAmount | (null extends Row[Column] ? null : never)
}

type LimitColumns = "credit_limit" | "soft_threshold_percent" | "hard_threshold_percent"

export type LimitRow = WithRawAmounts<LimitSettings, LimitColumns>

export type CreditAccountRow = WithRawAmounts<
  CreditAccount,
  LimitColumns | "past_due_tolerance" | "balance" | "reserved"
>

export type CreditEntryRow = Omit<
  WithRawAmounts<
    CreditEntry,
    "balance_delta" | "reserved_delta" | "balance_after" | "reserved_after"
  >,
  "effective_at" | "created_at"
> & Record<"effective_at" | "created_at", Date | string>

export function toCreditAccount(row: CreditAccountRow): CreditAccount {
  const amount = (raw: RawAmount) => roundAmount(raw.value, row.currency_code)
  return {
    id: row.id,
    store_id: row.store_id,
    account_id: row.account_id,
    currency_code: row.currency_code,
    group_id: row.group_id,
    ...toLimitSettings(row, row.currency_code),
    past_due_days: row.past_due_days,
    past_due_tolerance: row.raw_past_due_tolerance && amount(row.raw_past_due_tolerance),
    balance: amount(row.raw_balance),
    reserved: amount(row.raw_reserved),
    entry_count: row.entry_count,
  }
}

export function toLimitSettings(row: LimitRow, currencyCode: string): LimitSettings {
  const percent = (raw: RawAmount | null) => raw && decimalString(raw.value)
  return {
    credit_limit: row.raw_credit_limit && roundAmount(row.raw_credit_limit.value, currencyCode),
    policy: row.policy,
    soft_threshold_percent: percent(row.raw_soft_threshold_percent),
    hard_threshold_percent: percent(row.raw_hard_threshold_percent),
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
    effective_at: new Date(row.effective_at),
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
