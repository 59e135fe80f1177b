import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"

import { WholesaleError } from "../errors/wholesale-error"

const ALGORITHM = "aes-256-gcm"
const VERSION = "v1"
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The field that a sealed value belongs to; opened for any other, it is refused. */
export interface SealedField {
  readonly table: string
  readonly column: string
  readonly row_id: string
  readonly store_id: string
}

/**
 * Encrypts a field's value under AES-256-GCM with a random 96-bit nonce: `v1.` and the base64url of
 * nonce, ciphertext and tag. The field is the associated data, so a sealed value that is moved to
 * another row, column or store no longer opens.
 *
 * @param key 32 bytes, for this purpose alone
 */
export function sealField(key: Uint8Array, value: string, field: SealedField): string {
  return `${VERSION}.${sealBytes(key, Buffer.from(value, "utf8"), associatedData(field)).toString("base64url")}`
}

/** Nonce, ciphertext and tag in one buffer, as `openBytes` opens them. */
export function sealBytes(key: Uint8Array, value: Uint8Array, associated: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(associated)
  return Buffer.concat([nonce, cipher.update(value), cipher.final(), cipher.getAuthTag()])
}

/**
 * The value that `sealField` was given.
 *
 * @throws WholesaleError 500 `secret_unreadable` when the key, the field or a byte differs
 */
export function openField(key: Uint8Array, sealed: string, field: SealedField): string {
  const [version, text, ...rest] = sealed.split(".")
  const bytes = Buffer.from(text ?? "", "base64url")
  if (version !== VERSION || rest.length) {
    throw unreadable(field, UNDER_ANOTHER)
  }
  try {
    return openBytes(key, bytes, associatedData(field)).toString("utf8")
  } catch {
    throw unreadable(field, UNDER_ANOTHER)
  }
}

/**
 * Opens nonce, ciphertext and tag in one buffer.
 *
 * @throws Error when they do not authenticate, or are too short to
 */
export function openBytes(key: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) {
    throw new RangeError(`${sealed.length} bytes are no nonce and tag.`)
  }
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(associated).setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  const ciphertext = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)
  return Buffer.concat([decipher.update(ciphertext), decipher.final()])
}

/** Each part with its length before it, so that no two fields read the same. */
function associatedData({ table, column, row_id, store_id }: SealedField): Buffer {
  const parts = [table, column, row_id, store_id]
  return Buffer.from(parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(""), "utf8")
}

const UNDER_ANOTHER = "it was changed, or sealed under another server key"

/** 500 `secret_unreadable` */
export function unreadable({ table, column, row_id }: SealedField, cause: string): WholesaleError {
  return new WholesaleError(
    500,
    "secret_unreadable",
    `The secret in ${table}.${column} of ${row_id} cannot be read: ${cause}.`,
    { table, column, row_id }
  )
}
