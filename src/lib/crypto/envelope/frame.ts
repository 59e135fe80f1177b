import { readUint64, writeUint64 } from "../encoding"
import { CHUNK_BYTES, FRAME, FRAME_BYTES, HASH_BYTES, PADDED_CHUNK_BYTES } from "./layout"
import { codeOf, isAside, typeOf, type MessageType } from "./message-type"
import { paddedLength } from "./padding"

/** What is sealed. */
export interface Frame {
  readonly type: MessageType
  /** The message's own, from 1; of a message beside the sequence: the last that was given before, from 0. */
  readonly sequence: number
  /** The sender's clock, milliseconds since 1970. */
  readonly time_ms: number
  /** SHA-256 of the sealed message before in this direction's sequence; 32 zeros before the first. */
  readonly previous_hash: Uint8Array
  /** From 0. */
  readonly chunk_index: number
  /** 1 where the payload is the whole. */
  readonly chunk_count: number
  readonly payload: Uint8Array
}

/** A frame that was opened; payload and hash are parts of the buffer that was read. */
export interface OpenedFrame extends Frame {
  readonly previous_hash: Buffer
  readonly payload: Buffer
}

const ZEROS = Buffer.alloc(PADDED_CHUNK_BYTES)

/**
 * Bytes of the frame, padded.
 *
 * @throws RangeError for a frame that nobody could read: a payload too long or of the wrong length for
 * its chunk, a hash that is none
 */
export function frameLength(frame: Frame): number {
  const { type, sequence, previous_hash, chunk_index, chunk_count, payload } = frame
  const padded = paddedPayloadLength(frame, payload.length)
  if (padded === undefined || previous_hash.length !== HASH_BYTES) {
    throw new RangeError(
      `No ${type} at sequence ${sequence} holds ${payload.length} bytes as chunk ${chunk_index} of ${chunk_count}.`
    )
  }
  return FRAME_BYTES + padded
}

/**
 * Writes the frame over all of these bytes, which are as many as it takes.
 *
 * @throws RangeError for a number out of range
 */
export function writeFrame(frame: Frame, bytes: Buffer): void {
  const { type, sequence, time_ms, previous_hash, chunk_index, chunk_count, payload } = frame
  bytes.writeUInt32BE(payload.length, FRAME.payload_length)
  writeUint64(bytes, sequence, FRAME.sequence)
  writeUint64(bytes, time_ms, FRAME.time_ms)
  bytes[FRAME.type] = codeOf(type)
  bytes.set(previous_hash, FRAME.previous_hash)
  bytes.writeUInt32BE(chunk_index, FRAME.chunk_index)
  bytes.writeUInt32BE(chunk_count, FRAME.chunk_count)
  bytes.set(payload, FRAME_BYTES)
  bytes.fill(0, FRAME_BYTES + payload.length)
}

/** The frame of these bytes; undefined unless `writeFrame` would write just these bytes for it. */
export function readFrame(bytes: Buffer): OpenedFrame | undefined {
  if (bytes.length < FRAME_BYTES) {
    return undefined
  }
  const type = typeOf(bytes[FRAME.type])
  const sequence = readUint64(bytes, FRAME.sequence)
  const time_ms = readUint64(bytes, FRAME.time_ms)
  if (type === undefined || sequence === undefined || time_ms === undefined) {
    return undefined
  }
  const chunk_index = bytes.readUInt32BE(FRAME.chunk_index)
  const chunk_count = bytes.readUInt32BE(FRAME.chunk_count)
  const length = bytes.readUInt32BE(FRAME.payload_length)
  const padded = bytes.length - FRAME_BYTES
  if (padded !== paddedPayloadLength({ type, sequence, chunk_index, chunk_count }, length)) {
    return undefined
  }
  const end = FRAME_BYTES + length
  if (ZEROS.compare(bytes, end, bytes.length, 0, bytes.length - end) !== 0) {
    return undefined
  }
  const previous_hash = bytes.subarray(FRAME.previous_hash, FRAME.previous_hash + HASH_BYTES)
  return { type, sequence, time_ms, previous_hash, chunk_index, chunk_count, payload: bytes.subarray(FRAME_BYTES, end) }
}

/** What a payload of this length is padded to; undefined where no message may have it. */
function paddedPayloadLength(
  { type, sequence, chunk_index, chunk_count }: Omit<Frame, "payload" | "time_ms" | "previous_hash">,
  length: number
): number | undefined {
  if (!isAside(type) && sequence <= chunk_index) {
    return undefined
  }
  if (chunk_count === 1) {
    return chunk_index === 0 && length <= CHUNK_BYTES ? paddedLength(length) : undefined
  }
  const full = chunk_index === 0 ? PADDED_CHUNK_BYTES : CHUNK_BYTES
  const isLast = chunk_index === chunk_count - 1
  const fits = isLast ? length > 0 && length <= full : length === full
  return type === "document" && chunk_index < chunk_count && fits ? PADDED_CHUNK_BYTES : undefined
}
