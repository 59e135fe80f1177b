import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { lockRotation } from "./data-keys"
import { requireIdentity, setRelay } from "./identity"
import type { Vault } from "./vault"

/** Stores whose current data key none of the master keys at hand wraps, in the order of their ids. */
export async function storesWithLostKeys(manager: EntityManager, vault: Vault): Promise<string[]> {
  const masters = await vault.masterKeys()
  const rows = await manager.execute<{ store_id: string }[]>(
    `select store_id from wholesale_data_key
     where is_current and deleted_at is null
       and master_key_id not in (select json_array_elements_text(?::json))
     order by store_id`,
    [JSON.stringify(masters.map(({ id }) => id))]
  )
  return rows.map(({ store_id }) => store_id)
}

/**
 * Gives a store keys of its own again whose keys nobody can open any more. What lay under the old ones is
 * deleted: its channels are out of step for good, and to its partners it is another store from now on.
 *
 * @returns how many channels are out of step by it; undefined for a store whose keys can be opened
 */
export async function replaceLostKeys(
  manager: EntityManager,
  vault: Vault,
  storeId: string
): Promise<number | undefined> {
  await lockRotation(manager, storeId)
  if (!(await storesWithLostKeys(manager, vault)).includes(storeId)) {
    return undefined
  }
  const broken = await manager.execute<{ id: string }[]>(
    `update wholesale_relay_channel
     set status = 'desync', desync_reason = 'keys_lost', desync_at = coalesce(desync_at, now()), session_sealed = null,
         send_private_key_sealed = null, updated_at = now()
     where store_id = ? and status <> 'closed' and deleted_at is null returning id`,
    [storeId]
  )
  for (const table of ["wholesale_relay_outgoing", "wholesale_relay_incoming"]) {
    await manager.execute(`delete from ${table} where store_id = ?`, [storeId])
  }
  const { relay_url } = await requireIdentity(manager, storeId)
  await manager.execute("delete from wholesale_relay_identity where store_id = ?", [storeId])
  const keys = await manager.execute<{ id: string }[]>(
    "delete from wholesale_data_key where store_id = ? returning id",
    [storeId]
  )
  vault.forget(keys.map(({ id }) => id))
  await setRelay(manager, vault, { store_id: storeId, relay_url })
  return broken.length
}
