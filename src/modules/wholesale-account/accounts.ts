import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound, WholesaleError } from "../../lib/errors/wholesale-error"
import { insertRecordsSql } from "../../lib/sql/insert-records"
import type { NewAccountRow } from "./domain/account-details"

export interface AccountOfStore {
  store_id: string
  account_id: string
}

/**
 * Inserts an account unless the store has one of its id.
 *
 * @throws WholesaleError 409 `account_number_taken`
 * @throws WholesaleError 404 `not_found` where the id is another store's account
 */
export async function insertAccount(manager: EntityManager, row: NewAccountRow): Promise<void> {
  await manager.execute(
    insertRecordsSql("wholesale_account", Object.keys(row), { onConflictDoNothing: true }),
    [JSON.stringify([row])]
  )
  const [standing] = await manager.execute<{ store_id: string }[]>(
    "select store_id from wholesale_account where id = ?",
    [row.id]
  )
  if (!standing) {
    throw accountNumberTaken(row.number)
  }
  if (standing.store_id !== row.store_id) {
    throw notFound("Account", row.id)
  }
}

/**
 * Locks the account's row, by which changes of its locations and employees take turns.
 *
 * @throws WholesaleError 404 `not_found` for an account of another store too
 */
export async function lockAccount(
  manager: EntityManager,
  { store_id, account_id }: AccountOfStore
): Promise<void> {
  const found = await manager.execute(
    "select id from wholesale_account where id = ? and store_id = ? and deleted_at is null for update",
    [account_id, store_id]
  )
  if (found.length === 0) {
    throw notFound("Account", account_id)
  }
}

/** @throws WholesaleError 409 `account_number_taken` where another account of the store has it */
export async function assertNumberFree(
  manager: EntityManager,
  { store_id, id, number }: { store_id: string; id: string; number: string }
): Promise<void> {
  const others = await manager.execute(
    `select id from wholesale_account
     where store_id = ? and number = ? and id <> ? and deleted_at is null`,
    [store_id, number, id]
  )
  if (others.length > 0) {
    throw accountNumberTaken(number)
  }
}

/**
 * Gives the account a core customer unless it has one.
 *
 * @returns the customer that stands: of any number of callers at once all get the same
 * @throws WholesaleError 404 `not_found`
 */
export async function claimCustomer(
  manager: EntityManager,
  { store_id, account_id, customer_id }: AccountOfStore & { customer_id: string }
): Promise<string> {
  const [account] = await manager.execute<{ customer_id: string }[]>(
    `update wholesale_account set customer_id = coalesce(customer_id, ?), updated_at = now()
     where id = ? and store_id = ? and deleted_at is null returning customer_id`,
    [customer_id, account_id, store_id]
  )
  if (!account) {
    throw notFound("Account", account_id)
  }
  return account.customer_id
}

function accountNumberTaken(number: string | null): WholesaleError {
  return new WholesaleError(
    409,
    "account_number_taken",
    `Account number ${number} is another account's: take the next one.`,
    { number }
  )
}
