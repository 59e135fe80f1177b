import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { WrappedDataKey } from "../../../lib/crypto/vault/data-key"
import type { KeyPage } from "../../../lib/sql/key-page"

const COLUMNS = "id, store_id, master_key_id, wrapped"

/** The key that the store's secrets are sealed under; nobody replaces it before the transaction ends. */
export async function currentKeyId(manager: EntityManager, storeId: string): Promise<string | undefined> {
  const [row] = await manager.execute<{ id: string }[]>(
    "select id from wholesale_data_key where store_id = ? and is_current and deleted_at is null for share",
    [storeId]
  )
  return row?.id
}

/** All of a store's, the ones before the current too. */
export async function dataKeysOf(manager: EntityManager, storeId: string): Promise<WrappedDataKey[]> {
  return await manager.execute<WrappedDataKey[]>(
    `select ${COLUMNS} from wholesale_data_key where store_id = ? and deleted_at is null`,
    [storeId]
  )
}

/** Stores the current key of a store; where there is one, it stays. */
export async function insertDataKey(
  manager: EntityManager,
  { id, store_id, master_key_id, wrapped }: WrappedDataKey
): Promise<void> {
  await manager.execute(
    `insert into wholesale_data_key (id, store_id, master_key_id, wrapped, is_current)
     values (?, ?, ?, ?, true) on conflict do nothing`,
    [id, store_id, master_key_id, wrapped]
  )
}

/** Stores that have secrets, in the order of their ids. */
export async function storesWithKeys(manager: EntityManager, { limit, after = "" }: KeyPage): Promise<{ id: string }[]> {
  return await manager.execute<{ id: string }[]>(
    `select distinct store_id as id from wholesale_data_key
     where store_id > ? and deleted_at is null order by store_id limit ?`,
    [after, limit]
  )
}

/** Keys that are wrapped under another master key than this one. */
export async function keysUnderOthers(
  manager: EntityManager,
  masterKeyId: string,
  { limit, after = "" }: KeyPage
): Promise<WrappedDataKey[]> {
  return await manager.execute<WrappedDataKey[]>(
    `select ${COLUMNS} from wholesale_data_key where master_key_id <> ? and id > ? order by id limit ?`,
    [masterKeyId, after, limit]
  )
}

/** Wraps a key anew, unless somebody has just done so. */
export async function replaceWrapped(
  manager: EntityManager,
  before: WrappedDataKey,
  { master_key_id, wrapped }: WrappedDataKey
): Promise<boolean> {
  const rows = await manager.execute<{ id: string }[]>(
    `update wholesale_data_key set master_key_id = ?, wrapped = ?, updated_at = now()
     where id = ? and master_key_id = ? returning id`,
    [master_key_id, wrapped, before.id, before.master_key_id]
  )
  return rows.length > 0
}

/** Keeps all others from replacing the store's current key until the transaction ends. */
export async function lockRotation(manager: EntityManager, storeId: string): Promise<void> {
  await manager.execute("select pg_advisory_xact_lock(hashtextextended('wholesale_data_key:' || ?, 0))", [storeId])
}

/** From the end of the transaction on, nothing is sealed under the store's current key any more. */
export async function retireCurrent(manager: EntityManager, storeId: string): Promise<void> {
  await manager.execute(
    `update wholesale_data_key set is_current = false, updated_at = now()
     where store_id = ? and is_current and deleted_at is null`,
    [storeId]
  )
}
