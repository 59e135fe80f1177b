import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../lib/actor/actor"
import { notFound, WholesaleError } from "../../lib/errors/wholesale-error"
import { insertRecordsSql } from "../../lib/sql/insert-records"
import type { Defaults } from "./defaults"
import type { NumberedInvoices } from "./domain/invoice-series"
import type { ProfileSettings } from "./domain/store-profile"
import type { NewStoreRow } from "./domain/store-settings"

interface LockedStore extends Required<ProfileSettings>, Defaults, NumberedInvoices {
  profile_revision: number
  currency_code: string
}

/**
 * Inserts a store unless one of its id is there.
 *
 * @throws WholesaleError 409 `sales_channel_taken`
 */
export async function insertStore(manager: EntityManager, row: NewStoreRow): Promise<void> {
  await manager.execute(
    insertRecordsSql("wholesale_store", Object.keys(row), { onConflictDoNothing: true }),
    [JSON.stringify([row])]
  )
  const made = await manager.execute("select id from wholesale_store where id = ?", [row.id])
  if (made.length === 0) {
    throw salesChannelTaken(row.sales_channel_id)
  }
}

/**
 * Locks the store's row.
 *
 * @returns what partners see of the store, how its invoices are numbered, and its defaults
 * @throws WholesaleError 404 `not_found`
 */
export async function lockStore(manager: EntityManager, id: string): Promise<LockedStore> {
  const [found] = await manager.execute<[LockedStore] | []>(
    `select name, mode, email, phone, tax_number, address, profile_revision, currency_code, default_terms, default_credit,
            invoice_number_pattern, invoice_series
     from wholesale_store where id = ? and deleted_at is null for update`,
    [id]
  )
  if (!found) {
    throw notFound("Store", id)
  }
  return found
}

/** @throws WholesaleError 409 `sales_channel_taken` where another store is opened by the channel */
export async function assertSalesChannelFree(
  manager: EntityManager,
  storeId: string,
  salesChannelId: string
): Promise<void> {
  const others = await manager.execute(
    "select id from wholesale_store where sales_channel_id = ? and id <> ? and deleted_at is null",
    [salesChannelId, storeId]
  )
  if (others.length > 0) {
    throw salesChannelTaken(salesChannelId)
  }
}

/**
 * Takes the table, so that of two stores that claim a location at once one is refused.
 *
 * @throws WholesaleError 409 `stock_location_taken` where another store keeps its goods at one of them
 */
export async function claimStockLocations(
  manager: EntityManager,
  storeId: string,
  locationIds: readonly string[]
): Promise<void> {
  if (locationIds.length === 0) {
    return
  }
  await manager.execute("lock table wholesale_store in share row exclusive mode")
  const [taken] = await manager.execute<{ location_id: string }[]>(
    `select location.id as location_id from wholesale_store store
     cross join lateral jsonb_array_elements_text(store.stock_location_ids) as location(id)
     where store.id <> ? and store.deleted_at is null and location.id in (?) limit 1`,
    [storeId, [...locationIds]]
  )
  if (taken) {
    throw new WholesaleError(
      409,
      "stock_location_taken",
      `Stock location ${taken.location_id} belongs to another store: give each store its own.`,
      { stock_location_id: taken.location_id }
    )
  }
}

/**
 * The id of the oldest store, after taking the table so that nobody makes one before this transaction
 * ends.
 */
export async function lockStoresAndFindOldest(manager: EntityManager): Promise<string | undefined> {
  await manager.execute("lock table wholesale_store in share row exclusive mode")
  const [oldest] = await manager.execute<{ id: string }[]>(
    "select id from wholesale_store where deleted_at is null order by created_at, id limit 1"
  )
  return oldest?.id
}

/**
 * Ids of the stores an actor acts for: those it is a member of. A user besides acts for the only
 * store of a backend that has no user among its members; an api key never does, nor do the memberships
 * of api keys shut users out.
 */
export async function storeIdsOf(
  manager: EntityManager,
  { actor_type, actor_id }: Actor
): Promise<string[]> {
  const rows = await manager.execute<{ id: string }[]>(
    `with live as (select id from wholesale_store where deleted_at is null)
     select id from live
     where exists (
         select 1 from wholesale_member member
         where member.store_id = live.id and member.actor_type = ? and member.actor_id = ?
           and member.deleted_at is null)
       or (? = 'user'
         and (select count(*) from live) = 1
         and not exists (
           select 1 from wholesale_member member
           where member.actor_type = 'user' and member.deleted_at is null))`,
    [actor_type, actor_id, actor_type]
  )
  return rows.map(({ id }) => id)
}

function salesChannelTaken(salesChannelId: string | null): WholesaleError {
  return new WholesaleError(
    409,
    "sales_channel_taken",
    `Sales channel ${salesChannelId} opens another store: give each store its own.`,
    { sales_channel_id: salesChannelId }
  )
}
