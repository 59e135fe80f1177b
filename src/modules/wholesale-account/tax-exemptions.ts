import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../lib/errors/wholesale-error"
import { insertRecordsSql } from "../../lib/sql/insert-records"
import type { AccountOfStore } from "./accounts"
import type { TaxExemptionRow } from "./domain/tax-exemption"
import { locationsOf } from "./locations"

const COLUMNS = [
  "id", "store_id", "account_id", "location_id", "category", "certificate_number", "reason",
  "valid_from", "expires_on",
] as const

/** Of an account, newest first. */
export async function exemptionsOf(manager: EntityManager, accountId: string): Promise<TaxExemptionRow[]> {
  return await manager.execute<TaxExemptionRow[]>(
    `select ${COLUMNS.join(", ")} from wholesale_tax_exemption
     where account_id = ? and deleted_at is null order by created_at desc, id desc`,
    [accountId]
  )
}

/**
 * Writes an exemption unless the account has one of its id. The account's row must be locked.
 *
 * @throws WholesaleError 404 `not_found` for a location of another account, and where the id is another
 * account's exemption
 */
export async function writeTaxExemption(manager: EntityManager, row: TaxExemptionRow): Promise<void> {
  const locations = row.location_id === null ? [] : await locationsOf(manager, row.account_id)
  if (row.location_id !== null && !locations.some(({ id }) => id === row.location_id)) {
    throw notFound("Location", row.location_id)
  }
  await manager.execute(insertRecordsSql("wholesale_tax_exemption", COLUMNS, { onConflictDoNothing: true }), [
    JSON.stringify([row]),
  ])
  const [standing] = await manager.execute<{ account_id: string }[]>(
    "select account_id from wholesale_tax_exemption where id = ?",
    [row.id]
  )
  if (standing.account_id !== row.account_id) {
    throw notFound("Tax exemption", row.id)
  }
}

/** @throws WholesaleError 404 `not_found` for an exemption of another account too */
export async function deleteTaxExemption(
  manager: EntityManager,
  { store_id, account_id, exemption_id }: AccountOfStore & { exemption_id: string }
): Promise<void> {
  const ended = await manager.execute(
    `update wholesale_tax_exemption set deleted_at = now(), updated_at = now()
     where id = ? and account_id = ? and store_id = ? and deleted_at is null returning id`,
    [exemption_id, account_id, store_id]
  )
  if (ended.length === 0) {
    throw notFound("Tax exemption", exemption_id)
  }
}
