import { createHash } from "node:crypto"

import { TAG_BYTES } from "../aead"
import { lengthPrefixed } from "../encoding"
import { PROTOCOL } from "./terms"

export const NONCE_BYTES = 32

const BUCKET_BYTES = 1_024
const MOST_BYTES = 16 * BUCKET_BYTES

/** The longest that is sealed. */
export const SEALED_BYTES = MOST_BYTES + TAG_BYTES

const LENGTH_BYTES = 4

/** What a side discloses of itself under the session's key. */
export interface Opening {
  /** 32 random bytes. */
  readonly nonce: Buffer
  readonly certificate: Buffer
}

/** What the retailer is held to before it has seen the distributor's nonce: 32 bytes that tell nothing of it. */
export function commitmentTo({ nonce, certificate }: Opening): Buffer {
  return createHash("sha256").update(lengthPrefixed(`${PROTOCOL} commit`, nonce, certificate)).digest()
}

/**
 * Nonce and certificate, each after its length in 4 bytes, and zeros up to the next 1,024 bytes: what is sealed has
 * one form, and its length hardly tells which store it is.
 */
export function writeOpening({ nonce, certificate }: Opening): Buffer {
  const parts = lengthPrefixed(nonce, certificate)
  const padded = Buffer.alloc(Math.ceil(parts.length / BUCKET_BYTES) * BUCKET_BYTES)
  parts.copy(padded)
  return padded
}

/** What `writeOpening` wrote; undefined for anything it would not have written. */
export function readOpening(padded: Buffer): Opening | undefined {
  const certificateAt = LENGTH_BYTES + NONCE_BYTES + LENGTH_BYTES
  if (padded.length < BUCKET_BYTES) {
    return undefined
  }
  const nonce = padded.subarray(LENGTH_BYTES, LENGTH_BYTES + NONCE_BYTES)
  const certificate = padded.subarray(certificateAt, certificateAt + padded.readUInt32BE(certificateAt - LENGTH_BYTES))
  return writeOpening({ nonce, certificate }).equals(padded) ? { nonce, certificate } : undefined
}

/** Whether something sealed can be so long. */
export function isSealedLength(bytes: number): boolean {
  const padded = bytes - TAG_BYTES
  return padded > 0 && padded <= MOST_BYTES && padded % BUCKET_BYTES === 0
}
