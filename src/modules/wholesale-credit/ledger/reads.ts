import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../lib/money/amount"
import type { CreditEntryKind } from "../domain/credit-entry"
import { availableCredit, exposureOf } from "../domain/credit-limit"
import { ACCOUNT_COLUMNS, readAccount } from "./accounts"
import type { CreditChange } from "../settings/changes"
import { countChanges, readChanges, type OffsetPage } from "../settings/changes"
import type { CreditAccount, CreditAccountRow, CreditEntry, CreditEntryRow, Reference } from "./rows"
import { toCreditAccount, toCreditEntry } from "./rows"

export interface CreditExposure extends CreditAccount {
  /** Balance and reservations together. */
  readonly exposure: Amount
  /** Limit less exposure, null without a limit. */
  readonly available: Amount | null
}

export interface Page {
  readonly limit?: number
  readonly offset?: number
}

export interface AccountOfStore {
  readonly store_id: string
  readonly account_id: string
}

const PAGE_SIZE = 50

/** @throws WholesaleError 404 when the account has no credit account in this store */
export async function exposure(
  manager: EntityManager,
  { store_id, account_id }: AccountOfStore
): Promise<CreditExposure> {
  return withExposure(await readAccount(manager, store_id, account_id))
}

/** The credit accounts of a store, of the named accounts only where `account_ids` is given. */
export async function listCreditAccounts(
  manager: EntityManager,
  { store_id, account_ids }: { readonly store_id: string; readonly account_ids?: readonly string[] },
  { limit = PAGE_SIZE, offset = 0 }: Page = {}
): Promise<{ credit_accounts: CreditExposure[]; count: number }> {
  const where = `store_id = ? and deleted_at is null${
    account_ids ? " and account_id in (select json_array_elements_text(?::json))" : ""
  }`
  const params = [store_id, ...(account_ids ? [JSON.stringify(account_ids)] : [])]
  const rows = await manager.execute<CreditAccountRow[]>(
    `select ${ACCOUNT_COLUMNS} from wholesale_credit_account
      where ${where} order by account_id limit ? offset ?`,
    [...params, limit, offset]
  )
  const [{ count }] = await manager.execute<[{ count: number }]>(
    `select count(*)::int as count from wholesale_credit_account where ${where}`,
    params
  )
  return { credit_accounts: rows.map((row) => withExposure(toCreditAccount(row))), count }
}

/** The ledger of one account, newest entry first. */
export async function listEntries(
  manager: EntityManager,
  { store_id, account_id }: AccountOfStore,
  { limit = PAGE_SIZE, offset = 0 }: Page = {}
): Promise<{ entries: CreditEntry[]; count: number }> {
  const account = await readAccount(manager, store_id, account_id)
  const rows = await manager.execute<CreditEntryRow[]>(
    `select * from wholesale_credit_entry
      where credit_account_id = ? and deleted_at is null
      order by sequence desc limit ? offset ?`,
    [account.id, limit, offset]
  )
  return {
    entries: rows.map((row) => toCreditEntry(row, account.currency_code)),
    count: account.entry_count,
  }
}

/** The entries of one kind that name a document, oldest first. */
export async function entriesOfDocument(
  manager: EntityManager,
  { store_id, account_id, kind, reference }: AccountOfStore & {
    readonly kind: CreditEntryKind
    readonly reference: Reference
  }
): Promise<CreditEntry[]> {
  const account = await readAccount(manager, store_id, account_id)
  const rows = await manager.execute<CreditEntryRow[]>(
    `select * from wholesale_credit_entry
      where reference_id = ? and reference_type = ? and credit_account_id = ? and kind = ?
        and deleted_at is null
      order by sequence`,
    [reference.id, reference.type, account.id, kind]
  )
  return rows.map((row) => toCreditEntry(row, account.currency_code))
}

/** The audit of one account's rules, newest change first. */
export async function listChanges(
  manager: EntityManager,
  { store_id, account_id }: AccountOfStore,
  page?: OffsetPage
): Promise<CreditChange[]> {
  const account = await readAccount(manager, store_id, account_id)
  return await readChanges(manager, { credit_account_id: account.id }, page)
}

export async function countAccountChanges(
  manager: EntityManager,
  { store_id, account_id }: AccountOfStore
): Promise<number> {
  const account = await readAccount(manager, store_id, account_id)
  return await countChanges(manager, { credit_account_id: account.id })
}

function withExposure(account: CreditAccount): CreditExposure {
  return { ...account, exposure: exposureOf(account), available: availableCredit(account) }
}
