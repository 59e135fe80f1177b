import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { KeyPage } from "../../../lib/sql/key-page"
import type { HoldKind, HoldStatus } from "../domain/hold"
import type { CreditHold, CreditHoldRow, WaitingOrder } from "./rows"
import { SELECT_HOLDS, toCreditHold, waitingOrders } from "./rows"

export interface HoldFilters {
  readonly store_id: string
  readonly account_id?: string
  readonly order_ids?: readonly string[]
  readonly kind?: HoldKind
  /** `active` by default; null for all. */
  readonly status?: HoldStatus | null
}

/** Holds of a store, newest first; `after` is the id of the last one of the page before. */
export async function listHolds(
  manager: EntityManager,
  { store_id, account_id, order_ids, kind, status = "active" }: HoldFilters,
  { limit, after }: KeyPage
): Promise<CreditHold[]> {
  const conditions: [string, unknown][] = [["hold.store_id = ?", store_id]]
  const given: [string, unknown][] = [
    ["hold.account_id = ?", account_id],
    ["hold.order_id in (select json_array_elements_text(?::json))", order_ids && JSON.stringify(order_ids)],
    ["hold.kind = ?", kind],
    ["hold.status = ?", status ?? undefined],
    ["hold.id < ?", after],
  ]
  conditions.push(...given.filter(([, value]) => value !== undefined))
  const rows = await manager.execute<CreditHoldRow[]>(
    `${SELECT_HOLDS} and ${conditions.map(([condition]) => condition).join(" and ")}
      order by hold.id desc limit ?`,
    [...conditions.map(([, value]) => value), limit]
  )
  return rows.map(toCreditHold)
}

/** Those of the orders that wait for credit now, with every reason and its figures. */
export async function waitingOrdersOf(
  manager: EntityManager,
  { store_id, order_ids }: { readonly store_id: string; readonly order_ids: readonly string[] }
): Promise<WaitingOrder[]> {
  const rows = await manager.execute<CreditHoldRow[]>(
    `${SELECT_HOLDS} and hold.store_id = ? and hold.status = 'active'
       and hold.order_id in (select json_array_elements_text(?::json))
     order by hold.placed_at, hold.id`,
    [store_id, JSON.stringify(order_ids)]
  )
  return waitingOrders(rows.map(toCreditHold))
}

/** An account with orders that wait, and what the caller needs to say what is past due on it. */
export interface AccountWithHolds {
  /** The credit account's id: the key of the page. */
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly group_id: string | null
  readonly past_due_days: number | null
}

/** Accounts of all stores with orders that wait: for the job that rechecks them. */
export async function accountsWithHolds(
  manager: EntityManager,
  { limit, after }: KeyPage
): Promise<AccountWithHolds[]> {
  return await manager.execute<AccountWithHolds[]>(
    `select account.id, account.store_id, account.account_id, account.group_id, account.past_due_days
       from wholesale_credit_account account
      where account.deleted_at is null and account.id > ?
        and exists (
          select 1 from wholesale_credit_hold hold
           where hold.account_id = account.account_id and hold.status = 'active'
             and hold.order_id is not null and hold.deleted_at is null)
      order by account.id limit ?`,
    [after ?? "", limit]
  )
}

/**
 * The accounts that `recheck` of this one will look at and that have orders waiting: itself and all that
 * share its group. What is past due on each is the caller's to say.
 */
export async function accountsToRecheck(
  manager: EntityManager,
  { store_id, account_id }: { readonly store_id: string; readonly account_id: string }
): Promise<AccountWithHolds[]> {
  return await manager.execute<AccountWithHolds[]>(
    `select account.id, account.store_id, account.account_id, account.group_id, account.past_due_days
       from wholesale_credit_account asked
       join wholesale_credit_account account
         on account.id = asked.id or (account.group_id = asked.group_id and account.store_id = asked.store_id)
      where asked.store_id = ? and asked.account_id = ? and asked.deleted_at is null and account.deleted_at is null
        and exists (
          select 1 from wholesale_credit_hold hold
           where hold.account_id = account.account_id and hold.status = 'active'
             and hold.order_id is not null and hold.deleted_at is null)
      order by account.id`,
    [store_id, account_id]
  )
}
