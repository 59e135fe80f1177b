import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { sumAmounts } from "../../../lib/money/amount"
import type { CheckedGroup } from "../domain/credit-check"
import { lockAccounts, readAccount } from "../ledger/accounts"
import type { AccountOfStore } from "../ledger/reads"
import type { CreditAccount } from "../ledger/rows"
import type { CreditGroup, CreditGroupRow } from "./rows"
import { GROUP_COLUMNS, toCreditGroup } from "./rows"

/** What is locked while an order's credit is decided: the account, and its group with the limit they share. */
export interface CreditScope {
  readonly account: CreditAccount
  readonly group: CreditGroup | null
}

/** The same with every member of the group: who is released next may be any of them. */
export interface FamilyScope {
  readonly accounts: readonly CreditAccount[]
  readonly group: CreditGroup | null
}

/** @throws WholesaleError 404 when the account has no credit account in this store */
export async function lockScope(manager: EntityManager, account: AccountOfStore): Promise<CreditScope> {
  const { accounts, group } = await lockInOrder(manager, account, async () => [account.account_id])
  return { account: accounts[0], group }
}

/** @throws WholesaleError 404 when the account has no credit account in this store */
export async function lockFamily(manager: EntityManager, account: AccountOfStore): Promise<FamilyScope> {
  return await lockInOrder(manager, account, async (group) =>
    group ? await memberIds(manager, group.id, account.account_id) : [account.account_id]
  )
}

/**
 * Σ exposure of a group's members as it stands. Under the group's lock no order can take credit on it;
 * what members pay meanwhile only makes room.
 */
export async function groupExposure(manager: EntityManager, group: CreditGroup): Promise<Amount> {
  const [{ exposure }] = await manager.execute<[{ exposure: string }]>(
    `select coalesce(sum(balance + reserved), 0) as exposure from wholesale_credit_account
      where group_id = ? and deleted_at is null`,
    [group.id]
  )
  return sumAmounts([exposure], group.currency_code)
}

/** The group as the rules are to see it, null for none. */
export async function checkedGroup(
  manager: EntityManager,
  group: CreditGroup | null
): Promise<CheckedGroup | null> {
  return group && { ...group, exposure: await groupExposure(manager, group) }
}

/** @throws WholesaleError 404 when it is missing or another store's */
export async function lockGroup(manager: EntityManager, store_id: string, id: string): Promise<CreditGroup> {
  const rows = await manager.execute<CreditGroupRow[]>(
    `select ${GROUP_COLUMNS} from wholesale_credit_group
      where id = ? and store_id = ? and deleted_at is null for update`,
    [id, store_id]
  )
  if (!rows.length) {
    throw notFound("Credit group", id)
  }
  return toCreditGroup(rows[0])
}

const SAVEPOINT = "wholesale_credit_scope"

/**
 * Locks the group first and the accounts after it, in the order of their ids. Which group it is can only
 * be read before: where the account has been moved meanwhile, the locks are let go and taken anew.
 */
async function lockInOrder(
  manager: EntityManager,
  { store_id, account_id }: AccountOfStore,
  accountIds: (group: CreditGroup | null) => Promise<readonly string[]>
): Promise<FamilyScope> {
  for (;;) {
    const { group_id } = await readAccount(manager, store_id, account_id)
    await manager.execute(`savepoint ${SAVEPOINT}`)
    const group = group_id === null ? null : await lockGroup(manager, store_id, group_id)
    const accounts = await lockAccounts(manager, store_id, await accountIds(group))
    const isUnmoved = accounts.get(account_id)?.group_id === group_id
    if (!isUnmoved) {
      await manager.execute(`rollback to savepoint ${SAVEPOINT}`)
    }
    await manager.execute(`release savepoint ${SAVEPOINT}`)
    if (isUnmoved) {
      return { accounts: [...accounts.values()], group }
    }
  }
}

async function memberIds(manager: EntityManager, group_id: string, account_id: string): Promise<string[]> {
  const rows = await manager.execute<{ account_id: string }[]>(
    `select account_id from wholesale_credit_account
      where (group_id = ? or account_id = ?) and deleted_at is null`,
    [group_id, account_id]
  )
  return rows.map((row) => row.account_id)
}
