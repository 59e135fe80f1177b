import type { DocumentChunk } from "../envelope/chunks"
import { writeRekeyPublic } from "../envelope/control"
import { sealedHash, sealMessage } from "../envelope/message"
import { isAside, type MessageType } from "../envelope/message-type"
import type { RandomSource } from "../envelope/random"
import { withOffer, type KeyPairSource } from "./rekey"
import { sendingKey, type SessionState } from "./state"

/** What a step takes from outside; random source and key pairs are the system's unless given. */
export interface Surroundings {
  readonly now_ms: number
  readonly random?: RandomSource
  readonly generate?: KeyPairSource
}

/** A sealed message to be stored with the state it came with, and sent as it is, again and again, until acknowledged. */
export interface SentMessage {
  /** 32 hex digits. */
  readonly id: string
  readonly type: MessageType
  readonly epoch: number
  readonly sequence: number
  /** SHA-256 of the bytes, base64. */
  readonly hash: string
  readonly bytes: Buffer
}

/** Seals the next message of this side; documents by the chunk, as `splitDocument` gives them. */
export function send(
  state: SessionState,
  { type, payload, chunk_index = 0, chunk_count = 1 }: { type: MessageType } & Partial<DocumentChunk>,
  { now_ms, random }: Surroundings
): { state: SessionState; message: SentMessage } {
  const aside = isAside(type)
  const sequence = aside ? state.sent.sequence : state.sent.sequence + 1
  const time_ms = Math.max(now_ms, state.sent.time_ms + 1)
  const key = sendingKey(state)
  const previous_hash = Buffer.from(state.sent.hash, "base64")
  const frame = { type, sequence, time_ms, previous_hash, chunk_index, chunk_count, payload: payload ?? NOTHING }
  const { id, bytes } = sealMessage(key, frame, random)
  const hash = sealedHash(bytes).toString("base64")
  return {
    state: {
      ...state,
      epoch_messages: state.epoch_messages + 1,
      sent: aside ? { ...state.sent, time_ms } : { sequence, hash, time_ms },
    },
    message: { id, type, epoch: key.epoch, sequence, hash, bytes },
  }
}

/** Offers the next epoch; no message where an offer waits for its answer already. */
export function sendOffer(
  state: SessionState,
  surroundings: Surroundings
): { state: SessionState; message?: SentMessage } {
  if (state.offer) {
    return { state }
  }
  const { state: offered, offer } = withOffer(state, surroundings.generate)
  return send(offered, { type: "rekey_offer", payload: writeRekeyPublic(offer) }, surroundings)
}

const NOTHING = Buffer.alloc(0)
