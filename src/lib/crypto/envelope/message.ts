import { createCipheriv, createDecipheriv, hash, randomBytes } from "node:crypto"

import { deriveMessageKey, directionKey, type DirectionKey } from "./direction-key"
import { frameLength, readFrame, writeFrame, type Frame, type OpenedFrame } from "./frame"
import { HEADER, HEADER_BYTES, MESSAGE_ID_BYTES, SALT_BYTES, SUITE, TAG_BYTES, VERSION } from "./layout"
import { isSealedLength } from "./padding"
import { publicRandom, type RandomSource } from "./random"

const ALGORITHM = "chacha20-poly1305"
const OPTIONS = { authTagLength: TAG_BYTES }

export interface SealedMessage {
  /** 32 hex digits. */
  readonly id: string
  readonly bytes: Buffer
}

export interface OpenedMessage extends OpenedFrame {
  /** 32 hex digits. */
  readonly id: string
  readonly epoch: number
}

/**
 * Seals a message under its direction's key: ChaCha20-Poly1305 (RFC 8439) under a key and nonce of its
 * own, the whole header with connection, direction and epoch as associated data. The same message
 * sealed twice has two ids; what was sealed is kept and sent again as it is.
 *
 * The cipher is used here itself and not through `aead.ts`, which would copy each message once more.
 *
 * @param random 32 bytes a message: its id and its salt
 * @throws RangeError for a frame that nobody could read
 */
export function sealMessage(key: DirectionKey, frame: Frame, random: RandomSource = publicRandom): SealedMessage {
  const end = HEADER_BYTES + frameLength(frame)
  const sealed = Buffer.allocUnsafe(end + TAG_BYTES)
  const text = sealed.subarray(HEADER_BYTES, end)
  writeFrame(frame, text)
  const { header, kid, message, associated } = key
  header[HEADER.version] = VERSION
  header[HEADER.suite] = SUITE
  header.set(kid, HEADER.kid)
  header.set(random(MESSAGE_ID_BYTES + SALT_BYTES), HEADER.message_id)
  sealed.set(header)

  deriveMessageKey(key)
  const cipher = createCipheriv(ALGORITHM, message.key, message.nonce, OPTIONS)
  cipher.setAAD(associated, { plaintextLength: text.length })
  text.set(cipher.update(text))
  // A stream cipher holds nothing back: `final` gives no bytes, and makes the tag.
  cipher.final()
  sealed.set(cipher.getAuthTag(), end)
  return { id: messageId(sealed), bytes: sealed }
}

/**
 * Opens a message under that of the keys which its kid names. Whatever is wrong, the answer is
 * undefined: an unknown version, suite or kid costs a decryption as a wrong tag does, so that neither
 * answer nor time tells which it was. The payload is part of one fresh buffer and is not copied.
 */
export function openMessage(keys: readonly DirectionKey[], sealed: Uint8Array): OpenedMessage | undefined {
  if (!isSealedLength(sealed.length)) {
    return undefined
  }
  const bytes = asBuffer(sealed)
  const kid = bytes.subarray(HEADER.kid, HEADER.message_id)
  const found = keys.find((key) => key.kid.equals(kid))
  const isKnown = bytes[HEADER.version] === VERSION && bytes[HEADER.suite] === SUITE && found !== undefined
  const key = found ?? NOBODYS
  const { header, message, associated } = key
  header.set(bytes.subarray(0, HEADER_BYTES))

  deriveMessageKey(key)
  const decipher = createDecipheriv(ALGORITHM, message.key, message.nonce, OPTIONS)
  const end = bytes.length - TAG_BYTES
  decipher.setAAD(associated, { plaintextLength: end - HEADER_BYTES })
  decipher.setAuthTag(bytes.subarray(end))
  const plaintext = decipher.update(bytes.subarray(HEADER_BYTES, end))
  try {
    decipher.final()
  } catch {
    return undefined
  }
  const frame = isKnown ? readFrame(plaintext) : undefined
  if (!frame) {
    return undefined
  }
  // Member by member: spreading them takes as long as deriving the message's key.
  const { type, sequence, time_ms, previous_hash, chunk_index, chunk_count, payload } = frame
  const id = messageId(bytes)
  return { id, epoch: key.epoch, type, sequence, time_ms, previous_hash, chunk_index, chunk_count, payload }
}

/** SHA-256 of a sealed message: what the next one of its direction is chained to. */
export function sealedHash(sealed: Uint8Array): Buffer {
  return hash("sha256", sealed, "buffer")
}

/**
 * The id that a sealed message says it has, in 32 hex digits: whether it was there before can be known
 * without opening it, also when its key is gone. Undefined for what is no sealed message by its length.
 */
export function readMessageId(sealed: Uint8Array): string | undefined {
  return isSealedLength(sealed.length) ? messageId(asBuffer(sealed)) : undefined
}

const messageId = (sealed: Buffer): string => sealed.toString("hex", HEADER.message_id, HEADER.salt)

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

/** What a message of an unknown kid is tried with. */
const NOBODYS = directionKey({ connection_id: "", sender: "distributor", epoch: 0 }, randomBytes(64))
