import { hkdfSync } from "node:crypto"

const KEY_BYTES = 32

/**
 * A key for one purpose from a secret of any length (HKDF-SHA256, RFC 5869). Keys of different
 * purposes or salts say nothing about one another or about the secret.
 */
export function deriveKey({
  secret,
  salt,
  purpose,
  bytes = KEY_BYTES,
}: {
  secret: string | Uint8Array
  salt: string | Uint8Array
  purpose: string | Uint8Array
  bytes?: number
}): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, purpose, bytes))
}
