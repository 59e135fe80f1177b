import { createHash } from "node:crypto"

/** Of a store's identity key: eight groups of four hex digits, short enough to be read out by phone. */
export function identityFingerprint(publicKey: string): string {
  const digest = createHash("sha256").update(Buffer.from(publicKey, "base64url")).digest("hex")
  return (digest.slice(0, 32).match(/.{4}/g) ?? []).join(" ")
}
