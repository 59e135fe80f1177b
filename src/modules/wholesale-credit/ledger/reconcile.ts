import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"

/** An account whose totals are not what its entries say. */
export interface CreditDifference {
  readonly credit_account_id: string
  readonly account_id: string
  readonly currency_code: string
  readonly balance: Amount
  readonly entries_balance: Amount
  readonly reserved: Amount
  readonly entries_reserved: Amount
  readonly entry_count: number
  readonly entries_found: number
  /** Entries whose running totals do not follow from the entry before. */
  readonly broken_entries: number
}

export interface CreditReconciliation {
  readonly accounts: number
  readonly differences: CreditDifference[]
}

/**
 * Compares the totals of every account of a store with the sum of its entries, and every entry's
 * running totals with the entry before. One statement, so one moment; changes nothing.
 */
export async function reconcile(
  manager: EntityManager,
  store_id: string
): Promise<CreditReconciliation> {
  const rows = await manager.execute<ReconcileRow[]>(
    `with chain as (
       select credit_account_id, balance_delta, reserved_delta,
              balance_after <> sum(balance_delta) over running
                or reserved_after <> sum(reserved_delta) over running
                or sequence <> row_number() over running as broken
         from wholesale_credit_entry
        where store_id = ? and deleted_at is null
       window running as (partition by credit_account_id order by sequence)
     ), sums as (
       select credit_account_id, sum(balance_delta) as balance, sum(reserved_delta) as reserved,
              count(*)::int as found, (count(*) filter (where broken))::int as broken
         from chain group by credit_account_id
     ), compared as (
       select account.id, account.account_id, account.currency_code, account.entry_count,
              account.balance, account.reserved,
              coalesce(sums.balance, 0) as entries_balance,
              coalesce(sums.reserved, 0) as entries_reserved,
              coalesce(sums.found, 0) as found, coalesce(sums.broken, 0) as broken
         from wholesale_credit_account account
         left join sums on sums.credit_account_id = account.id
        where account.store_id = ? and account.deleted_at is null
     )
     select (select count(*) from compared)::int as accounts, compared.*
       from (select 1) one
       left join compared
         on compared.balance <> entries_balance or compared.reserved <> entries_reserved
         or found <> entry_count or broken > 0
      order by compared.id`,
    [store_id, store_id]
  )
  return {
    accounts: rows[0].accounts,
    differences: rows.flatMap((row) => (row.id === null ? [] : [toDifference(row.id, row)])),
  }
}

interface ReconcileRow {
  readonly accounts: number
  readonly id: string | null
  readonly account_id: string
  readonly currency_code: string
  readonly entry_count: number
  readonly balance: string
  readonly reserved: string
  readonly entries_balance: string
  readonly entries_reserved: string
  readonly found: number
  readonly broken: number
}

function toDifference(credit_account_id: string, row: ReconcileRow): CreditDifference {
  const amount = (value: string) => roundAmount(value, row.currency_code)
  return {
    credit_account_id,
    account_id: row.account_id,
    currency_code: row.currency_code,
    balance: amount(row.balance),
    entries_balance: amount(row.entries_balance),
    reserved: amount(row.reserved),
    entries_reserved: amount(row.entries_reserved),
    entry_count: row.entry_count,
    entries_found: row.found,
    broken_entries: row.broken,
  }
}
