import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { createDataKey, rewrapDataKey } from "../../../lib/crypto/vault/data-key"
import { sealedPrefix } from "../../../lib/crypto/vault/secret"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { KeyPage } from "../../../lib/sql/key-page"
import {
  currentKeyId,
  dataKeysOf,
  insertDataKey,
  keysUnderOthers,
  lockRotation,
  replaceWrapped,
  retireCurrent,
} from "./data-keys"
import type { Vault } from "./vault"

/** Every column of this module that is sealed under a store's data key. */
export const SEALED_COLUMNS = [
  { table: "wholesale_relay_identity", columns: ["identity_private_key_sealed", "mailbox_private_key_sealed"] },
  { table: "wholesale_relay_channel", columns: ["send_private_key_sealed", "session_sealed"] },
] as const

interface Turned {
  /** Where the next page begins; undefined after the last. */
  readonly next?: string
  /** Why some stayed as they were; what is theirs alone stops no others. */
  readonly failures: readonly WholesaleError[]
}

export interface Rewrapped extends Turned {
  readonly rewrapped: number
}

export interface Resealed extends Turned {
  readonly resealed: number
}

/** What something is still under. */
export interface OldDataKey {
  readonly data_key_id: string
  readonly store_id: string
}

/** Wraps data keys under the current master key; each stands by itself, whatever becomes of the next. */
export async function rewrapPage(manager: EntityManager, vault: Vault, page: KeyPage): Promise<Rewrapped> {
  const masters = await vault.masterKeys()
  const [current] = masters
  const rows = await keysUnderOthers(manager, current.id, page)
  const failures: WholesaleError[] = []
  let rewrapped = 0
  for (const row of rows) {
    try {
      rewrapped += (await replaceWrapped(manager, row, rewrapDataKey(masters, row, current))) ? 1 : 0
    } catch (error) {
      failures.push(ofOneRow(error))
    }
  }
  return { rewrapped, failures, next: rows.length < page.limit ? undefined : rows[rows.length - 1].id }
}

/**
 * Makes a new data key the store's current one. While a key before it still has something under it, that
 * rotation is the one that goes on, and none is begun.
 *
 * @returns the current key, and whether it was made now; undefined for a store without secrets
 */
export async function rotateDataKey(
  manager: EntityManager,
  vault: Vault,
  storeId: string
): Promise<{ data_key_id: string; begun: boolean } | undefined> {
  const [master] = await vault.masterKeys()
  await lockRotation(manager, storeId)
  const keys = await dataKeysOf(manager, storeId)
  const current = await currentKeyId(manager, storeId)
  if (current === undefined || keys.length > 1) {
    return current === undefined ? undefined : { data_key_id: current, begun: false }
  }
  const { wrapped } = createDataKey(master, storeId)
  await retireCurrent(manager, storeId)
  await insertDataKey(manager, wrapped)
  return { data_key_id: wrapped.id, begun: true }
}

/** Seals a page of a store's secrets under its current data key; what is under it already stays as it is. */
export async function resealPage(
  manager: EntityManager,
  vault: Vault,
  { store_id, limit, after = "" }: KeyPage & { readonly store_id: string }
): Promise<Resealed> {
  const current = await currentKeyId(manager, store_id)
  const [table, afterId = ""] = after.split(" ")
  const at = Math.max(0, SEALED_COLUMNS.findIndex((it) => it.table === table))
  if (current === undefined) {
    return { resealed: 0, failures: [] }
  }
  const rows = { ...SEALED_COLUMNS[at], store_id, current, limit, after: afterId }
  const { last, ...turned } = await resealRows(manager, vault, rows)
  const following = SEALED_COLUMNS.at(at + 1)
  const next = last === undefined ? following && `${following.table} ` : `${SEALED_COLUMNS[at].table} ${last}`
  return { ...turned, next }
}

interface RowsToReseal extends KeyPage {
  readonly table: string
  readonly columns: readonly string[]
  readonly store_id: string
  readonly current: string
}

/** @returns the id of the last row where more may follow */
async function resealRows(
  manager: EntityManager,
  vault: Vault,
  { table, columns, store_id, current, limit, after }: RowsToReseal
): Promise<Omit<Resealed, "next"> & { last?: string }> {
  const isNeeded = columns.map((column) => `(${column} like 'v2.%' and not starts_with(${column}, ?))`).join(" or ")
  const rows = await manager.execute<({ id: string } & Record<string, string | null>)[]>(
    `select id, ${columns.join(", ")} from ${table}
     where store_id = ? and id > ? and (${isNeeded}) order by id limit ? for update`,
    [store_id, after, ...columns.map(() => sealedPrefix(current)), limit]
  )
  const failures: WholesaleError[] = []
  for (const row of rows) {
    try {
      const sealed: (string | null)[] = []
      for (const column of columns) {
        const field = { table, column, row_id: row.id, store_id }
        const value = row[column]
        sealed.push(value === null ? null : await vault.seal(manager, await vault.open(manager, value, field), field))
      }
      await manager.execute(
        `update ${table} set ${columns.map((column) => `${column} = ?`).join(", ")}, updated_at = now() where id = ?`,
        [...sealed, row.id]
      )
    } catch (error) {
      failures.push(ofOneRow(error))
    }
  }
  const last = rows.length < limit ? undefined : rows[rows.length - 1].id
  return { resealed: rows.length - failures.length, failures, last }
}

/** @throws what is everybody's trouble */
function ofOneRow(error: unknown): WholesaleError {
  if (error instanceof WholesaleError && ROWS_OWN.includes(error.code ?? "")) {
    return error
  }
  throw error
}

const ROWS_OWN = ["master_key_wrong", "data_key_unreadable", "secret_unreadable"]

/**
 * Deletes the data keys before the current ones that nothing is under any more.
 *
 * @returns how many went, and those that something is still under
 */
export async function forgetKeys(
  manager: EntityManager,
  vault: Vault
): Promise<{ forgotten: number; left: OldDataKey[] }> {
  const isUsed = SEALED_COLUMNS.map(({ table, columns }) => {
    const isUnder = columns.map((column) => `starts_with(${column}, 'v2.' || old.id || '.')`).join(" or ")
    return `exists (select 1 from ${table} where store_id = old.store_id and (${isUnder}))`
  }).join(" or ")
  const gone = await manager.execute<{ id: string }[]>(
    `delete from wholesale_data_key as old where not is_current and not (${isUsed}) returning id`
  )
  vault.forget(gone.map(({ id }) => id))
  const left = await manager.execute<OldDataKey[]>(
    "select id as data_key_id, store_id from wholesale_data_key where not is_current order by store_id, id"
  )
  return { forgotten: gone.length, left }
}
