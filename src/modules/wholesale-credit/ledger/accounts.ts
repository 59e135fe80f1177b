import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import type { CreditAccount, CreditAccountRow } from "./rows"
import { toCreditAccount } from "./rows"

/** The columns of an account as {@link toCreditAccount} reads them. */
export const ACCOUNT_COLUMNS =
  "id, store_id, account_id, currency_code, group_id, raw_credit_limit, policy, raw_soft_threshold_percent, " +
  "raw_hard_threshold_percent, past_due_days, raw_past_due_tolerance, raw_balance, raw_reserved, entry_count"

export async function readAccount(
  manager: EntityManager,
  store_id: string,
  account_id: string
): Promise<CreditAccount> {
  const rows = await manager.execute<CreditAccountRow[]>(
    `select ${ACCOUNT_COLUMNS} from wholesale_credit_account
      where store_id = ? and account_id = ? and deleted_at is null`,
    [store_id, account_id]
  )
  if (!rows.length) {
    throw notFound("Credit account of account", account_id)
  }
  return toCreditAccount(rows[0])
}

/**
 * Locks the credit accounts in the order of their ids, so that two verbs over the same accounts
 * wait for each other and never deadlock.
 *
 * @throws WholesaleError 404 when one is missing or another store's
 */
export async function lockAccounts(
  manager: EntityManager,
  store_id: string,
  account_ids: readonly string[]
): Promise<Map<string, CreditAccount>> {
  const rows = await manager.execute<CreditAccountRow[]>(
    `select ${ACCOUNT_COLUMNS} from wholesale_credit_account
      where store_id = ? and deleted_at is null
        and account_id in (select json_array_elements_text(?::json))
      order by id
        for update`,
    [store_id, JSON.stringify(account_ids)]
  )
  const accounts = new Map(rows.map((row) => [row.account_id, toCreditAccount(row)]))
  const missing = account_ids.find((id) => !accounts.has(id))
  if (missing !== undefined) {
    throw notFound("Credit account of account", missing)
  }
  return accounts
}

export async function lockAccount(
  manager: EntityManager,
  store_id: string,
  account_id: string
): Promise<CreditAccount> {
  const [account] = (await lockAccounts(manager, store_id, [account_id])).values()
  return account
}
