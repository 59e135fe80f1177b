import { createHash, randomBytes } from "node:crypto"

import { ristretto255 } from "@noble/curves/ed25519"

/** Bytes of a scalar and of a share. */
export const SHARE_BYTES = 32

const DOMAIN = "CPaceRistretto255"
const HASH_BLOCK_BYTES = 128
const GROUP_BITS = 252

const { Point } = ristretto255
type Point = ReturnType<typeof Point.fromBytes>

/**
 * What both sides know before an exchange of CPace, the balanced password-authenticated key exchange:
 * CPACE-RISTR255-SHA512 of draft-irtf-cfrg-cpace-21 in the initiator-responder form. Who does not know the password
 * learns from an exchange whether one guess was right, and nothing that could be tried out afterwards.
 *
 * The arithmetic is `@noble/curves`' on BigInt: its time is not wholly independent of its input, and its memory cannot
 * be overwritten.
 */
export interface CpaceInput {
  /** The password (PRS). */
  readonly password: Uint8Array
  /** The channel identifier (CI): where and between whom. */
  readonly channel: Uint8Array
  /** Public, of this one exchange (sid). */
  readonly session_id: Uint8Array
}

/** What a side sends: its share (Ya, Yb) and what is authenticated along with it (ADa, ADb). */
export interface CpaceMessage {
  readonly share: Uint8Array
  readonly associated: Uint8Array
}

/** A secret scalar for one exchange alone: 252 random bits in 32 bytes, little endian (section 8.3). */
export function cpaceScalar(): Buffer {
  const scalar = randomBytes(SHARE_BYTES)
  scalar[SHARE_BYTES - 1] &= 0xff >> (SHARE_BYTES * 8 - GROUP_BITS)
  return scalar
}

/** The share to send, 32 bytes (section 7.2). */
export function cpaceShare(input: CpaceInput, scalar: Uint8Array): Buffer {
  const share = generator(input).multiply(integerOf(scalar))
  return Buffer.from(share.toBytes())
}

/**
 * The intermediate session key (ISK, section 7.2), 64 bytes: the same on both sides where password, channel, session
 * id and both messages are. Derive keys from it; it says itself nothing of who the other side is.
 *
 * @throws Error when the partner's share is no element of the group, or its identity
 */
export function cpaceSessionKey({
  scalar,
  partner,
  session_id,
  initiator,
  responder,
}: {
  /** This side's own. */
  scalar: Uint8Array
  /** Whose share meets the scalar. */
  partner: "initiator" | "responder"
  session_id: Uint8Array
  initiator: CpaceMessage
  responder: CpaceMessage
}): Buffer {
  const secret = cpaceSecret(scalar, partner === "initiator" ? initiator.share : responder.share)
  try {
    return createHash("sha512")
      .update(lengthValues(Buffer.from(`${DOMAIN}_ISK`), session_id, secret))
      .update(lengthValues(initiator.share, initiator.associated))
      .update(lengthValues(responder.share, responder.associated))
      .digest()
  } finally {
    secret.fill(0)
  }
}

/**
 * The secret point K (`scalar_mult_vfy`, section 8.3), 32 bytes. It goes into the session key and nowhere else: K alone
 * would let passwords be tried out (section 10.3).
 *
 * @throws Error when the share is no element of the group, or its identity
 */
export function cpaceSecret(scalar: Uint8Array, share: Uint8Array): Buffer {
  const point = decode(share)
  if (!point || point.is0()) {
    throw new Error("The share is no element of ristretto255, or its identity.")
  }
  return Buffer.from(point.multiply(integerOf(scalar)).toBytes())
}

/** Whether a partner may have sent that as its share: an element of the group, and not its identity. */
export function isShare(share: Uint8Array): boolean {
  const point = decode(share)
  return point !== undefined && !point.is0()
}

/** `calculate_generator` (section 8.3), encoded: what the password makes of the group's generator. */
export function cpaceGenerator(input: CpaceInput): Buffer {
  return Buffer.from(generator(input).toBytes())
}

function generator(input: CpaceInput): Point {
  const text = generatorString(input)
  const uniform = createHash("sha512").update(text).digest()
  text.fill(0)
  // Element derivation of RFC 9496, section 4.3.4, from 64 bytes.
  return Point.hashToCurve(uniform)
}

/** `generator_string` (section 8.1): the zeros fill the hash's first block, whatever the password's length. */
export function generatorString({ password, channel, session_id }: CpaceInput): Buffer {
  const domain = Buffer.from(DOMAIN)
  const filled = lengthValues(password).length + lengthValues(domain).length + 1
  const zeros = Buffer.alloc(Math.max(0, HASH_BLOCK_BYTES - filled))
  return lengthValues(domain, password, zeros, channel, session_id)
}

/** `lv_cat` (section 6.3): each part after its length in LEB128. */
export function lengthValues(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => [leb128(part.length), part]))
}

function leb128(length: number): Buffer {
  const bytes: number[] = []
  let rest = length
  for (; rest > 0x7f; rest >>= 7) {
    bytes.push((rest & 0x7f) | 0x80)
  }
  return Buffer.from([...bytes, rest])
}

function decode(share: Uint8Array): Point | undefined {
  try {
    return Point.fromBytes(share)
  } catch {
    return undefined
  }
}

const integerOf = (littleEndian: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(littleEndian).reverse().toString("hex")}`)
