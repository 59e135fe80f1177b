import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from "node:crypto"

/**
 * The envelope written a second time, from `docs/security.md` and with node:crypto alone, so that the
 * bytes and not the code decide what version 1 is. Nothing here may come from `envelope/` or `session/`.
 */

const u32 = (value: number) => Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255])
const u64 = (value: number) => Buffer.from(BigInt(value).toString(16).padStart(16, "0"), "hex")
const field = (part: string | Buffer) => Buffer.concat([u32(Buffer.byteLength(part)), Buffer.from(part)])
const salt = "medusa-wholesale session v1"

export interface Where {
  connection_id: string
  sender: string
  epoch: number
}

/** The 64-byte key of a direction from its epoch's root. */
export function directionKeyOf(root: Buffer, { connection_id, sender, epoch }: Where): Buffer {
  const info = Buffer.concat([field("key"), field(sender), field(connection_id), field(u32(epoch))])
  return Buffer.from(hkdfSync("sha256", root, salt, info, 64))
}

export function kidOfKey(key: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", key, salt, field("kid"), 8))
}

/** The root of the next epoch from the last one's, the shared secret and both publics. */
export function rootAfter(
  root: Buffer,
  secret: Buffer,
  { offer, accept, connection_id, epoch }: { offer: Buffer; accept: Buffer; connection_id: string; epoch: number }
): Buffer {
  const info = Buffer.concat([field("rekey"), field(offer), field(accept), field(connection_id), field(u32(epoch))])
  return Buffer.from(hkdfSync("sha256", Buffer.concat([root, secret]), salt, info, 32))
}

function cipherInput(key: Buffer, header: Buffer, { connection_id, sender, epoch }: Where) {
  const derived = createHmac("sha512", key)
    .update("medusa-wholesale message v1")
    .update(header.subarray(26, 42))
    .update(Buffer.from([1]))
    .digest()
  const label = field("medusa-wholesale envelope v1")
  const aad = Buffer.concat([label, field(header), field(connection_id), field(sender), field(u32(epoch))])
  return { key: derived.subarray(0, 32), nonce: derived.subarray(32, 44), aad }
}

/** Seals any plaintext under any header: also what the library would never write. */
export function sealRaw(key: Buffer, header: Buffer, where: Where, plaintext: Buffer): Buffer {
  const input = cipherInput(key, header, where)
  const cipher = createCipheriv("chacha20-poly1305", input.key, input.nonce, { authTagLength: 16 })
  cipher.setAAD(input.aad, { plaintextLength: plaintext.length })
  return Buffer.concat([header, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** A frame of any fields. */
export function frameOf(fields: {
  length: number
  sequence: bigint
  time: bigint
  type: number
  previous: Buffer
  index: number
  count: number
  rest: Buffer
}): Buffer {
  const number = (value: bigint) => Buffer.from(value.toString(16).padStart(16, "0"), "hex")
  return Buffer.concat([
    u32(fields.length),
    number(fields.sequence),
    number(fields.time),
    Buffer.from([fields.type]),
    fields.previous,
    u32(fields.index),
    u32(fields.count),
    fields.rest,
  ])
}

/** Opens a sealed message and reads every field; throws where a byte is wrong. */
export function decode(key: Buffer, where: Where, sealed: Buffer) {
  const header = sealed.subarray(0, 42)
  if (header[0] !== 1 || header[1] !== 1 || !header.subarray(2, 10).equals(kidOfKey(key))) {
    throw new Error("another version, suite or key")
  }
  const input = cipherInput(key, header, where)
  const decipher = createDecipheriv("chacha20-poly1305", input.key, input.nonce, { authTagLength: 16 })
  decipher.setAAD(input.aad, { plaintextLength: sealed.length - 42 - 16 })
  decipher.setAuthTag(sealed.subarray(sealed.length - 16))
  const plain = Buffer.concat([decipher.update(sealed.subarray(42, sealed.length - 16)), decipher.final()])
  const length = plain.readUInt32BE(0)
  const padding = plain.subarray(61 + length)
  if (padding.some((byte) => byte !== 0)) {
    throw new Error("the padding is not zero")
  }
  return {
    id: header.toString("hex", 10, 26),
    salt: header.toString("hex", 26, 42),
    sequence: Number(plain.readBigUInt64BE(4)),
    time_ms: Number(plain.readBigUInt64BE(12)),
    type: plain[20],
    previous_hash: plain.toString("hex", 21, 53),
    chunk_index: plain.readUInt32BE(53),
    chunk_count: plain.readUInt32BE(57),
    payload: plain.subarray(61, 61 + length),
    padded: plain.length - 61,
  }
}

/** What a document signature is on. */
export function statement(fields: {
  type: string
  id: string
  revision: number
  incarnation: number
  content_hash: string
  connection_id: string
  signer: Buffer
}): Buffer {
  return Buffer.concat([
    field("medusa-wholesale document signature v1"),
    field(fields.type),
    field(fields.id),
    field(u64(fields.revision)),
    field(u64(fields.incarnation)),
    field(Buffer.from(fields.content_hash, "hex")),
    field(fields.connection_id),
    field(fields.signer),
  ])
}

export const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest()
