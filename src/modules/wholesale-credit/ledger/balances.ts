import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"
import type { KeyPage } from "../../../lib/sql/key-page"
import type { SeenBy } from "../../../lib/sql/snapshot"
import { seeSnapshot } from "../../../lib/sql/snapshot"

export interface LedgerBalance {
  /** Of the credit account. */
  readonly id: string
  readonly account_id: string
  readonly currency_code: string
  /** The sum of its entries. */
  readonly balance: Amount
  /** How much of it a person adjusted or wrote off beside all documents. */
  readonly corrections: Amount
}

export interface LedgerBalancesInput extends KeyPage, SeenBy {
  readonly store_id: string
  readonly account_id?: string
  /** What counts from before; all that is booked where it is not given. */
  readonly until?: Date
}

/** A store's balances by their entries, with what no document stands for, a page in the order of the credit accounts' ids. */
export async function ledgerBalances(
  manager: EntityManager,
  { store_id, account_id, until, limit, after = "", ...seen }: LedgerBalancesInput
): Promise<LedgerBalance[]> {
  await seeSnapshot(manager, seen)
  const rows = await manager.execute<LedgerBalance[]>(
    `select account.id, account.account_id, account.currency_code, sums.balance, sums.corrections
       from (select id, account_id, currency_code from wholesale_credit_account
              where store_id = ? and id > ? ${account_id === undefined ? "" : "and account_id = ?"} and deleted_at is null
              order by id limit ?) account
      cross join lateral (
        select coalesce(sum(balance_delta), 0) as balance,
               coalesce(sum(balance_delta) filter (where ${IS_BY_HAND}), 0) as corrections
          from wholesale_credit_entry entry
         where entry.credit_account_id = account.id ${until ? "and entry.effective_at < ?" : ""}
           and entry.deleted_at is null) sums
      order by account.id`,
    [store_id, after, ...(account_id === undefined ? [] : [account_id]), limit, ...(until ? [until] : [])]
  )
  return rows.map((row) => ({
    ...row,
    balance: roundAmount(row.balance, row.currency_code),
    corrections: roundAmount(row.corrections, row.currency_code),
  }))
}

/** Of `entry`. A debt that is let go on an invoice names the allocation that says so. */
const IS_BY_HAND = "entry.kind = 'adjustment' or (entry.kind = 'write_off' and entry.reference_type <> 'allocation')"

export interface OrderBalance {
  readonly order_id: string
  /** What the ledger holds of the order, invoiced or not. */
  readonly balance: string
  /** How much of it is what its invoices differ from its total by. */
  readonly differences: string
}

/** What the ledger says of orders; of those that it knows nothing of there is no row. */
export async function orderBalances(
  manager: EntityManager,
  { store_id, order_ids, until, ...seen }: SeenBy & {
    readonly store_id: string
    readonly order_ids: readonly string[]
    readonly until?: Date
  }
): Promise<OrderBalance[]> {
  await seeSnapshot(manager, seen)
  return await manager.execute<OrderBalance[]>(
    `select reference_id as order_id, sum(balance_delta) as balance,
            coalesce(sum(balance_delta) filter (where kind = 'invoice_difference'), 0) as differences
       from wholesale_credit_entry
      where reference_id in (select json_array_elements_text(?::json)) and reference_type = 'order' and store_id = ?
        ${until ? "and effective_at < ?" : ""} and deleted_at is null
      group by reference_id`,
    [JSON.stringify(order_ids), store_id, ...(until ? [until] : [])]
  )
}

/** Those of the keys under which an entry stands. */
export async function standingKeys(
  manager: EntityManager,
  { store_id, keys, ...seen }: SeenBy & { readonly store_id: string; readonly keys: readonly string[] }
): Promise<string[]> {
  await seeSnapshot(manager, seen)
  const rows = await manager.execute<{ key: string }[]>(
    `select key from wholesale_credit_entry
      where store_id = ? and key in (select json_array_elements_text(?::json)) and deleted_at is null`,
    [store_id, JSON.stringify(keys)]
  )
  return rows.map(({ key }) => key)
}
