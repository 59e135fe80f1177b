import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../lib/errors/wholesale-error"
import { insertRecordsSql } from "../../lib/sql/insert-records"
import type { LocationRow } from "./domain/location"

const COLUMNS = [
  "id", "store_id", "account_id", "name", "address_1", "address_2", "city", "postal_code",
  "province", "country_code", "phone", "is_default_shipping", "is_default_billing",
] as const

/** Of an account, oldest first. */
export async function locationsOf(manager: EntityManager, accountId: string): Promise<LocationRow[]> {
  return await manager.execute<LocationRow[]>(
    `select ${COLUMNS.join(", ")} from wholesale_account_location
     where account_id = ? and deleted_at is null order by created_at, id`,
    [accountId]
  )
}

/**
 * Writes a location, new or changed, and takes from the account's others the defaults that it has.
 * The account's row must be locked.
 *
 * @throws WholesaleError 404 `not_found` where the id is a location of another account
 */
export async function writeLocation(manager: EntityManager, row: LocationRow): Promise<void> {
  await manager.execute(
    `update wholesale_account_location
     set is_default_shipping = is_default_shipping and not ?::boolean,
         is_default_billing = is_default_billing and not ?::boolean,
         updated_at = now()
     where account_id = ? and id <> ? and (is_default_shipping or is_default_billing)`,
    [row.is_default_shipping, row.is_default_billing, row.account_id, row.id]
  )
  const changes = COLUMNS.slice(3).map((column) => `${column} = excluded.${column}`)
  const written = await manager.execute(
    `${insertRecordsSql("wholesale_account_location", COLUMNS)}
     on conflict (id) do update set ${changes.join(", ")}, updated_at = now()
       where wholesale_account_location.account_id = excluded.account_id
     returning id`,
    [JSON.stringify([row])]
  )
  if (written.length === 0) {
    throw notFound("Location", row.id)
  }
}

/**
 * Deletes a location; the defaults it had go to the account's oldest other one. The account's row
 * must be locked.
 *
 * @throws WholesaleError 404 `not_found` for a location of another account too
 */
export async function deleteLocation(
  manager: EntityManager,
  { account_id, location_id }: { account_id: string; location_id: string }
): Promise<void> {
  const [deleted] = await manager.execute<Pick<LocationRow, "is_default_shipping" | "is_default_billing">[]>(
    `delete from wholesale_account_location where id = ? and account_id = ?
     returning is_default_shipping, is_default_billing`,
    [location_id, account_id]
  )
  if (!deleted) {
    throw notFound("Location", location_id)
  }
  await manager.execute(
    `update wholesale_account_location
     set is_default_shipping = is_default_shipping or ?::boolean,
         is_default_billing = is_default_billing or ?::boolean,
         updated_at = now()
     where id = (
       select id from wholesale_account_location
       where account_id = ? and deleted_at is null order by created_at, id limit 1)`,
    [deleted.is_default_shipping, deleted.is_default_billing, account_id]
  )
}
