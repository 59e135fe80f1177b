import { createHmac, timingSafeEqual } from "node:crypto"

/**
 * HMAC-SHA256 in hex. Finds a secret by equality without storing it: whoever holds the table but not
 * the key cannot try out the few values a short secret may have.
 */
export function keyedHash(key: Uint8Array, message: string | Uint8Array): string {
  return createHmac("sha256", key).update(message).digest("hex")
}

/** Equality of two hashes in a time that does not tell how many leading characters agree. */
export function equalHashes(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left, "utf8"), Buffer.from(right, "utf8")]
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes)
}
