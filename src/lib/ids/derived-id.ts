import { createHash } from "node:crypto"

/**
 * An id that follows from its parts, `derivedId("order", invoiceId, orderId)`: whatever is retried
 * meets the row it made the first time. 26 characters of base 32 (128 bits of SHA-256) after the prefix.
 */
export function derivedId(prefix: string, ...parts: readonly string[]): string {
  const digest = createHash("sha256").update(parts.map((part) => `${part.length}:${part}`).join("")).digest()
  return `${prefix}_${base32(digest.subarray(0, 16))}`
}

/** Crockford's alphabet, as ULIDs use it. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

function base32(bytes: Uint8Array): string {
  let value = BigInt(`0x${Buffer.from(bytes).toString("hex")}`)
  let text = ""
  for (let position = 0; position < 26; position++) {
    text = ALPHABET[Number(value % 32n)] + text
    value /= 32n
  }
  return text
}
