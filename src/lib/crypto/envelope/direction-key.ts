import { hash } from "node:crypto"

import { deriveKey } from "../derive-key"
import { lengthPrefixed, uint32 } from "../encoding"
import { HEADER, HEADER_BYTES, KID_BYTES, SALT_BYTES } from "./layout"

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

/**
 * What the messages of one direction and epoch are sealed and opened with; made once for many of them.
 * Its buffers are written over with each message and cut into their parts beforehand, as at 1 KiB each
 * buffer that is made for a message shows: nothing may hold on to them.
 */
export interface DirectionKey {
  readonly epoch: number
  /** 8 bytes, in the clear in each message: what its key is found by. */
  readonly kid: Buffer
  /** A message's associated data: its header, told apart from all that it might be taken for elsewhere. */
  readonly associated: Buffer
  /** The header's place in it, and the salt's in that. */
  readonly header: Buffer
  readonly salt: Buffer
  /** What the two hashes of a message's HMAC-SHA512 are of (RFC 2104). */
  readonly hashed: { readonly inner: Buffer; readonly outer: Buffer }
  /** Of a message, once `deriveMessageKey` has made them. */
  readonly message: { readonly derived: Buffer; readonly key: Buffer; readonly nonce: Buffer }
}

const SALT = "medusa-wholesale session v1"
const DIRECTION_KEY_BYTES = 64
const SHA512_BYTES = 64
const SHA512_BLOCK_BYTES = 128
const FIRST_BLOCK = Buffer.from([1])
const MESSAGE_LABEL = Buffer.from("medusa-wholesale message v1", "utf8")
const MESSAGE_SALT_AT = SHA512_BLOCK_BYTES + MESSAGE_LABEL.length
const ASSOCIATED_LABEL = lengthPrefixed("medusa-wholesale envelope v1")
const HEADER_AT = ASSOCIATED_LABEL.length + 4
const KEY_END = 32
const NONCE_END = 44

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
  const message = Buffer.concat([MESSAGE_LABEL, Buffer.alloc(SALT_BYTES), FIRST_BLOCK])
  const hashed = {
    inner: Buffer.concat([padded(key, 0x36), message]),
    outer: Buffer.concat([padded(key, 0x5c), Buffer.alloc(SHA512_BYTES)]),
  }
  // Each part with its length before it.
  const bound = lengthPrefixed(Buffer.alloc(HEADER_BYTES), connection_id, sender, uint32(epoch))
  const associated = Buffer.concat([ASSOCIATED_LABEL, bound])
  const header = associated.subarray(HEADER_AT, HEADER_AT + HEADER_BYTES)
  const derived = Buffer.alloc(SHA512_BYTES)
  const parts = { derived, key: derived.subarray(0, KEY_END), nonce: derived.subarray(KEY_END, NONCE_END) }
  return { epoch, kid, associated, header, salt: header.subarray(HEADER.salt), hashed, message: parts }
}

/**
 * Makes the key and the nonce of the message whose header stands in `header`: the first 32 and the next
 * 12 of 64 bytes from HKDF-Expand with SHA-512 (RFC 5869, 2.3; the direction's key needs no extracting,
 * 3.3), whose first block is enough where SHA-256 would take two. The block is one HMAC, written as its
 * two hashes: they take half the time of `createHmac`, and at 1 KiB that shows.
 */
export function deriveMessageKey({ salt, hashed: { inner, outer }, message }: DirectionKey): void {
  inner.set(salt, MESSAGE_SALT_AT)
  // By way of text, which `hash` gives faster than a buffer.
  outer.write(hash("sha512", inner, "binary"), SHA512_BLOCK_BYTES, "binary")
  message.derived.write(hash("sha512", outer, "binary"), "binary")
}

function padded(key: Uint8Array, byte: number): Buffer {
  const pad = Buffer.alloc(SHA512_BLOCK_BYTES, byte)
  key.forEach((it, index) => (pad[index] ^= it))
  return pad
}
