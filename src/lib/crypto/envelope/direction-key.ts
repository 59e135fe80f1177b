import { createHmac } from "node:crypto"

import { deriveKey } from "../derive-key"
import { lengthPrefixed, uint32 } from "../encoding"
import { HEADER_BYTES, KID_BYTES } from "./layout"

/** A side of a connection. */
export type Role = "distributor" | "retailer"

/** What tells one direction of one epoch of a connection from all others. */
export interface Direction {
  /** The pairing's id, the same on both sides. */
  readonly connection_id: string
  /** Who sends. */
  readonly sender: Role
  readonly epoch: number
}

/** What the messages of one direction and epoch are sealed and opened with; made once for many of them. */
export interface DirectionKey {
  readonly epoch: number
  /** 64 bytes. */
  readonly key: Buffer
  /** 8 bytes, in the clear in each message: what its key is found by. */
  readonly kid: Buffer
  /** What stands before and after a message's header in its associated data. */
  readonly associated: { readonly before: Buffer; readonly after: Buffer }
}

const SALT = "medusa-wholesale session v1"
const DIRECTION_KEY_BYTES = 64
const ASSOCIATED_LABEL = "medusa-wholesale envelope v1"
const MESSAGE_LABEL = Buffer.from("medusa-wholesale message v1", "utf8")
const FIRST_BLOCK = Buffer.from([1])

/**
 * The key of one direction under an epoch's root: HKDF-SHA256, bound to direction, connection and
 * epoch. It is as long as SHA-512's hash, so that it can serve HKDF-SHA512 as it is.
 */
export function deriveDirectionKey(root: Uint8Array, { connection_id, sender, epoch }: Direction): Buffer {
  const purpose = lengthPrefixed("key", sender, connection_id, uint32(epoch))
  return deriveKey({ secret: root, salt: SALT, purpose, bytes: DIRECTION_KEY_BYTES })
}

/** The 8 bytes that name a key to whoever has it, and say nothing about it to anyone else. */
export function kidOf(key: Uint8Array): Buffer {
  return deriveKey({ secret: key, salt: SALT, purpose: lengthPrefixed("kid"), bytes: KID_BYTES })
}

/**
 * A direction's key made ready for its messages.
 *
 * @throws RangeError for a key that is not 64 bytes long
 */
export function directionKey({ connection_id, sender, epoch }: Direction, key: Buffer, kid = kidOf(key)): DirectionKey {
  if (key.length !== DIRECTION_KEY_BYTES) {
    throw new RangeError(`A direction's key has ${DIRECTION_KEY_BYTES} bytes, this one ${key.length}.`)
  }
  const before = Buffer.concat([lengthPrefixed(ASSOCIATED_LABEL), uint32(HEADER_BYTES)])
  const after = lengthPrefixed(connection_id, sender, uint32(epoch))
  return { epoch, key, kid, associated: { before, after } }
}

/**
 * 64 bytes for one message, of which the first 32 are its key and the next 12 its nonce:
 * HKDF-Expand with SHA-512 (RFC 5869, 2.3; the direction's key needs no extracting, 3.3), whose first
 * block is enough. With SHA-256 it would take two, which at 1 KiB costs more than the encryption.
 */
export function messageKey({ key }: DirectionKey, salt: Uint8Array): Buffer {
  return createHmac("sha512", key).update(Buffer.concat([MESSAGE_LABEL, salt, FIRST_BLOCK])).digest()
}

/** The header, told apart from all that it might be taken for elsewhere: each part with its length before it. */
export function associatedData({ associated: { before, after } }: DirectionKey, header: Uint8Array): Buffer {
  return Buffer.concat([before, header, after], before.length + header.length + after.length)
}
