import { lengthPrefixed } from "../encoding"
import { openBytes, sealBytes, unreadable, type SealedField } from "../secret-box"
import type { DataKey } from "./data-key"

const VERSION = "v2"

/**
 * Seals a field's value under its store's data key: `v2.`, the data key's id, `.`, and base64url of
 * nonce, ciphertext and tag (AES-256-GCM, a random 96-bit nonce). Data key, table, column, row and
 * store are bound to it, so that moved to another it no longer opens.
 *
 * @throws RangeError for the data key of another store
 */
export function sealSecret({ id, key, store_id }: DataKey, value: string, field: SealedField): string {
  if (store_id !== field.store_id) {
    throw new RangeError(`The data key ${id} is store ${store_id}'s and seals nothing of store ${field.store_id}.`)
  }
  const sealed = sealBytes(key, Buffer.from(value, "utf8"), associatedData(id, field))
  return `${sealedPrefix(id)}${sealed.toString("base64url")}`
}

/**
 * The value that `sealSecret` was given.
 *
 * @param keys data keys of the store: the current one, and while secrets are being resealed the one before
 * @throws WholesaleError 500 `secret_unreadable` where none of the keys, the field or a byte is another
 */
export function openSecret(keys: readonly DataKey[], sealed: string, field: SealedField): string {
  const id = sealedUnder(sealed)
  if (id === undefined) {
    throw unreadable(field, "it is not sealed under a data key")
  }
  const found = keys.find((key) => key.id === id && key.store_id === field.store_id)
  if (!found) {
    throw unreadable(field, `it is sealed under data key ${id}, which is not at hand`)
  }
  try {
    return openBytes(found.key, sealedBytes(sealed, id), associatedData(id, field)).toString("utf8")
  } catch {
    throw unreadable(field, "it was changed, or belongs to another field")
  }
}

/**
 * The secret sealed under the current data key. One that is under it already is given back as it is,
 * so that resealing can be broken off and run again.
 *
 * @param keys the current data key and those before it
 * @throws as `openSecret` does
 */
export function resealSecret(keys: readonly DataKey[], current: DataKey, sealed: string, field: SealedField): string {
  return needsResealing(sealed, current.id) ? sealSecret(current, openSecret(keys, sealed, field), field) : sealed
}

/** Whether a value is sealed under a data key other than the current one; what no data key sealed is not. */
export function needsResealing(sealed: string, currentId: string): boolean {
  const id = sealedUnder(sealed)
  return id !== undefined && id !== currentId
}

/** The id of the data key a value is sealed under; undefined for what data keys did not seal, such as `v1` values. */
export const sealedUnder = (sealed: string): string | undefined => SEALED.exec(sealed)?.[1]

/** What every value sealed under a data key begins with, by which a query finds those that are or are not. */
export const sealedPrefix = (dataKeyId: string): string => `${VERSION}.${dataKeyId}.`

const SEALED = /^v2\.([0-9a-f]{16})\.[A-Za-z0-9_-]+$/

function sealedBytes(sealed: string, id: string): Buffer {
  const text = sealed.slice(sealedPrefix(id).length)
  const bytes = Buffer.from(text, "base64url")
  if (bytes.toString("base64url") !== text) {
    throw new RangeError("not what base64url writes for these bytes")
  }
  return bytes
}

function associatedData(id: string, { table, column, row_id, store_id }: SealedField): Buffer {
  return lengthPrefixed("medusa-wholesale secret v2", id, table, column, row_id, store_id)
}
