import { readMessageId } from "../../lib/crypto/envelope/message"
import { RELAY_LIMITS } from "../../lib/relay/limits"
import { framesMalformed, tooLarge } from "../relay-error"

const LENGTH_BYTES = 4

/** Where in the request's bytes a sealed message is. */
export interface SentFrame {
  /** Which of the batch it is, from 0. */
  readonly place: number
  readonly start: number
  readonly size: number
}

export interface SentBatch {
  readonly bytes: Buffer
  /** How many messages were sent. */
  readonly count: number
  /** The first of each message id. */
  readonly frames: readonly SentFrame[]
}

/**
 * Finds the messages of `writeFrames` in a request to send; they are never copied or opened. Stops at the first thing
 * wrong, so that a body of a million empty frames costs nothing.
 *
 * @throws RelayError 400 `frames_malformed` unless each is of a length that sealed messages have
 * @throws RelayError 413 `too_large` for too many
 */
export function readSentBatch(bytes: Buffer): SentBatch {
  const frames = new Map<string, SentFrame>()
  let count = 0
  for (let at = 0; at < bytes.length; count++) {
    const start = at + LENGTH_BYTES
    const size = start <= bytes.length ? bytes.readUInt32BE(at) : Infinity
    if (start + size > bytes.length) {
      throw framesMalformed(`Message ${count} is longer than the body.`)
    }
    if (count === RELAY_LIMITS.sent_messages) {
      throw tooLarge(`A request sends at most ${RELAY_LIMITS.sent_messages} messages.`)
    }
    const id = readMessageId(bytes.subarray(start, start + size))
    if (id === undefined) {
      throw framesMalformed(`Message ${count} is of a length that no sealed message has.`)
    }
    if (!frames.has(id)) {
      frames.set(id, { place: count, start, size })
    }
    at = start + size
  }
  if (count === 0) {
    throw framesMalformed("The body holds no message.")
  }
  return { bytes, count, frames: [...frames.values()] }
}
