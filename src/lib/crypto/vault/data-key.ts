import { randomBytes } from "node:crypto"

import { WholesaleError } from "../../errors/wholesale-error"
import { lengthPrefixed } from "../encoding"
import { openBytes, sealBytes } from "../secret-box"
import type { MasterKey } from "./master-key"

const KEY_BYTES = 32
const ID_BYTES = 8

/** What a store's secrets are sealed under. */
export interface DataKey {
  /** 16 hex digits. */
  readonly id: string
  readonly store_id: string
  /** 32 bytes. */
  readonly key: Buffer
}

/** A data key as it is stored. */
export interface WrappedDataKey {
  readonly id: string
  readonly store_id: string
  /** The master key it is wrapped under. */
  readonly master_key_id: string
  /** Base64url of nonce, ciphertext and tag: AES-256-GCM, bound to the three members above. */
  readonly wrapped: string
}

/** A new data key of a store, and how it is stored. */
export function createDataKey(master: MasterKey, store_id: string): { key: DataKey; wrapped: WrappedDataKey } {
  const key = { id: randomBytes(ID_BYTES).toString("hex"), store_id, key: randomBytes(KEY_BYTES) }
  return { key, wrapped: wrapDataKey(master, key) }
}

function wrapDataKey(master: MasterKey, { id, store_id, key }: DataKey): WrappedDataKey {
  const bound = { id, store_id, master_key_id: master.id }
  return { ...bound, wrapped: sealBytes(master.key, key, associatedData(bound)).toString("base64url") }
}

/**
 * @param masters the master key; while it is being replaced, the new one and the old
 * @throws WholesaleError 500 `master_key_wrong` where the key is wrapped under none of them
 * @throws WholesaleError 500 `data_key_unreadable` where it was changed, or is another store's or key's
 */
export function unwrapDataKey(masters: readonly MasterKey[], wrapped: WrappedDataKey): DataKey {
  const { id, store_id, master_key_id } = wrapped
  const master = masters.find((it) => it.id === master_key_id)
  if (!master) {
    throw masterKeyWrong(masters, wrapped)
  }
  try {
    const key = openBytes(master.key, Buffer.from(wrapped.wrapped, "base64url"), associatedData(wrapped))
    return { id, store_id, key }
  } catch {
    throw new WholesaleError(
      500,
      "data_key_unreadable",
      `The data key ${id} of store ${store_id} does not open under master key ${master_key_id}, which it names: ` +
        "its row was changed. Restore the row from a backup.",
      { data_key_id: id, store_id, master_key_id }
    )
  }
}

/**
 * The data key under another master key; the secrets under it stay as they are. One that is under it
 * already is given back as it is, so that a rotation can be run again from its start.
 *
 * @throws as `unwrapDataKey` does
 */
export function rewrapDataKey(masters: readonly MasterKey[], wrapped: WrappedDataKey, next: MasterKey): WrappedDataKey {
  return wrapped.master_key_id === next.id ? wrapped : wrapDataKey(next, unwrapDataKey(masters, wrapped))
}

function associatedData({ id, store_id, master_key_id }: Omit<WrappedDataKey, "wrapped">): Buffer {
  return lengthPrefixed("medusa-wholesale data key v1", store_id, id, master_key_id)
}

function masterKeyWrong(
  masters: readonly MasterKey[],
  { id, store_id, master_key_id }: WrappedDataKey
): WholesaleError {
  const given = masters.map((master) => master.id)
  return new WholesaleError(
    500,
    "master_key_wrong",
    `The secrets of store ${store_id} need master key ${master_key_id}, and ` +
      `WHOLESALE_MASTER_KEY is ${given.join(" and ") || "not set"}: set the key they were sealed under. ` +
      "Without it they cannot be read, and the store has to pair again.",
    { store_id, data_key_id: id, expected_master_key_id: master_key_id, given_master_key_ids: given }
  )
}
