import { createCipheriv, createDecipheriv } from "node:crypto"

const ALGORITHM = "chacha20-poly1305"
const KEY_BYTES = 32
const NONCE_BYTES = 12

/** Bytes of the tag that stands after the ciphertext. */
export const TAG_BYTES = 16

interface AeadInput {
  /** 32 bytes. */
  readonly key: Uint8Array
  /** 12 bytes, used once with this key. */
  readonly nonce: Uint8Array
  /** Authenticated, not encrypted. */
  readonly associated: Uint8Array
}

/** ChaCha20-Poly1305 (RFC 8439): the ciphertext, as long as the plaintext, with its tag after it. */
export function seal({ key, nonce, associated }: AeadInput, plaintext: Uint8Array): Buffer {
  assertLengths(key, nonce)
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(associated, { plaintextLength: plaintext.length })
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** What was sealed; undefined where key, nonce, associated data or any byte differ. */
export function open({ key, nonce, associated }: AeadInput, sealed: Uint8Array): Buffer | undefined {
  assertLengths(key, nonce)
  const length = sealed.length - TAG_BYTES
  if (length < 0) {
    return undefined
  }
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(associated, { plaintextLength: length }).setAuthTag(sealed.subarray(length))
  const plaintext = decipher.update(sealed.subarray(0, length))
  try {
    return Buffer.concat([plaintext, decipher.final()])
  } catch {
    return undefined
  }
}

function assertLengths(key: Uint8Array, nonce: Uint8Array): void {
  if (key.length !== KEY_BYTES || nonce.length !== NONCE_BYTES) {
    throw new RangeError(`ChaCha20-Poly1305 takes a key of ${KEY_BYTES} bytes and a nonce of ${NONCE_BYTES}.`)
  }
}
