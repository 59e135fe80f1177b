import {
  readAcknowledgement,
  readGapRequest,
  readRekeyPublic,
  writeRekeyPublic,
  type GapRequest,
} from "../envelope/control"
import { openMessage, sealedHash, type OpenedMessage } from "../envelope/message"
import { isAside } from "../envelope/message-type"
import { takeAccept, takeOffer } from "./rekey"
import { send, type SentMessage, type Surroundings } from "./send"
import { receivingKeys, type SessionState } from "./state"

export interface ReceivedMessage extends OpenedMessage {
  /** SHA-256 of the sealed bytes, base64. */
  readonly hash: string
}

/**
 * What a message that came in is.
 * - `next`: the one that is due; it is taken in with the new state, in one transaction.
 * - `early`: it follows on a gap. It may be kept, and is received again once the gap is closed.
 * - `known`: it was there before. Of one in sequence, id and hash must be those that were taken in under
 *   its sequence; where they differ, that is a desync.
 * - `aside`: a receipt, gap request or heartbeat with news.
 * - `refused`: it does not open, whatever the cause; also one of an epoch that is not begun here yet.
 * - `desync`: it opens and contradicts what this side knows, which an older backup on either side brings about.
 */
export type Received =
  | { readonly outcome: "refused"; readonly state: SessionState }
  | {
      readonly outcome: "desync"
      readonly state: SessionState
      readonly message: ReceivedMessage
      readonly reason: DesyncReason
    }
  | {
      readonly outcome: "next" | "early" | "known" | "aside"
      readonly state: SessionState
      readonly message: ReceivedMessage
      /** Messages that the partner sent and that are missing here. */
      readonly gap?: GapRequest
      /** The answer to an offer, to be stored and sent like any other. */
      readonly reply?: SentMessage
    }

export type DesyncReason =
  /** It is chained to another message than the one received before it. */
  | "chain"
  /** It stands where another message stood. */
  | "replaced"
  /** The partner has sent less than it had. */
  | "partner_went_back"
  /** The partner has applied what this side never sent, or something else in its place. */
  | "acknowledged_unsent"
  /** The partner saw a contradiction, and says so. */
  | "partner_out_of_step"
  /** An offer or acceptance for an epoch that cannot be. */
  | "rekey"
  /** A payload that is not what its type says. */
  | "malformed"

/** Opens a message of the partner and says what it is; see `Received`. */
export function receive(state: SessionState, sealed: Uint8Array, surroundings: Surroundings): Received {
  const opened = openMessage(receivingKeys(state), sealed)
  if (!opened || isAfterItsEpoch(state, opened)) {
    return { outcome: "refused", state }
  }
  const message = { ...opened, hash: sealedHash(sealed).toString("base64") }
  return isAside(message.type) ? takeAside(state, message) : takeOrdered(state, message, surroundings)
}

function takeOrdered(state: SessionState, message: ReceivedMessage, surroundings: Surroundings): Received {
  const { sequence, hash, type } = message
  const told = withToldBy(state, message)
  const due = state.received.sequence + 1
  if (sequence === state.received.sequence && hash !== state.received.hash) {
    return { outcome: "desync", state, message, reason: "replaced" }
  }
  if (sequence < due) {
    return { outcome: "known", state: told, message }
  }
  if (sequence > due) {
    return { outcome: "early", state: told, message, gap: { from: due, to: sequence - 1 } }
  }
  if (!continuesWith(state, message)) {
    return { outcome: "desync", state, message, reason: "chain" }
  }
  const taken: SessionState = { ...told, received: { sequence, hash } }
  if (type === "rekey_offer" || type === "rekey_accept") {
    return takeRekey({ before: state, taken, message }, surroundings)
  }
  return { outcome: "next", state: withoutDrained(taken), message }
}

function takeRekey(
  { before, taken, message }: { before: SessionState; taken: SessionState; message: ReceivedMessage },
  surroundings: Surroundings
): Received {
  const desync: Received = { outcome: "desync", state: before, message, reason: "rekey" }
  const rekey = readRekeyPublic(message.payload)
  if (!rekey) {
    return { ...desync, reason: "malformed" }
  }
  const { now_ms, generate } = surroundings
  const rekeyed =
    message.type === "rekey_offer" ? takeOffer(taken, rekey, now_ms, generate) : takeAccept(taken, rekey, now_ms)
  if (rekeyed.outcome === "impossible") {
    return desync
  }
  if (rekeyed.outcome === "nothing") {
    return { outcome: "next", state: withoutDrained(taken), message }
  }
  if (!rekeyed.accept) {
    // Who accepts sends nothing more under the old epoch: the acceptance is its last message.
    const closed = withEnd(rekeyed.state, { epoch: rekeyed.state.epoch, last: message.sequence })
    return { outcome: "next", state: withoutDrained(closed), message }
  }
  // The acceptance goes out under the old epoch, whose keys are gone right after.
  const accept = { type: "rekey_accept", payload: writeRekeyPublic(rekeyed.accept) } as const
  const { state: answered, message: reply } = send(taken, accept, surroundings)
  return {
    outcome: "next",
    state: withoutDrained({ ...rekeyed.state, sent: answered.sent }),
    message,
    reply,
  }
}

function takeAside(state: SessionState, message: ReceivedMessage): Received {
  const told = withoutDrained(withToldBy(state, message))
  if (message.time_ms <= state.partner_time_ms) {
    return { outcome: "known", state: told, message }
  }
  const desync = (reason: DesyncReason): Received => ({ outcome: "desync", state, message, reason })
  const { sequence } = message
  if (sequence < state.received.sequence) {
    return desync("partner_went_back")
  }
  if (sequence === state.received.sequence && !continuesWith(state, message)) {
    return desync("chain")
  }
  const behind = sequence > state.received.sequence && { gap: { from: state.received.sequence + 1, to: sequence } }
  if (message.type === "gap_request") {
    const asked = readGapRequest(message.payload)
    return asked ? { outcome: "aside", state: told, message, ...behind } : desync("malformed")
  }
  const acknowledgement = readAcknowledgement(message.payload)
  if (!acknowledgement) {
    return desync("malformed")
  }
  const { through, sealed_hash } = acknowledgement
  const isSent =
    through < state.sent.sequence ||
    (through === state.sent.sequence && Buffer.from(state.sent.hash, "base64").equals(sealed_hash))
  if (!isSent) {
    return desync("acknowledged_unsent")
  }
  if (message.type === "out_of_step") {
    return desync("partner_out_of_step")
  }
  const acknowledged = Math.max(state.acknowledged, through)
  return { outcome: "aside", state: { ...told, acknowledged }, message, ...behind }
}

/** What each message that opens tells, in order or not: the partner's clock, and where epochs before its own end. */
function withToldBy(state: SessionState, { type, epoch, sequence, time_ms }: ReceivedMessage): SessionState {
  const told = { ...state, partner_time_ms: Math.max(state.partner_time_ms, time_ms) }
  return withEnd(told, { epoch, last: isAside(type) ? sequence : sequence - 1 })
}

/** That epochs before this one have no message after `last`. */
function withEnd(state: SessionState, { epoch, last }: { epoch: number; last: number }): SessionState {
  const receiving = state.receiving.map((key) =>
    key.epoch < epoch ? { ...key, last_sequence: Math.min(key.last_sequence ?? last, last) } : key
  )
  return { ...state, receiving }
}

/** Erases the receiving keys of epochs whose last message was received in order. */
function withoutDrained(state: SessionState): SessionState {
  const isDrained = (last: number | null) => last !== null && last <= state.received.sequence
  return { ...state, receiving: state.receiving.filter(({ last_sequence }) => !isDrained(last_sequence)) }
}

/** The partner seals nothing under an epoch once it has sealed under the next: only a thief of its key does. */
function isAfterItsEpoch({ receiving }: SessionState, { epoch, sequence }: OpenedMessage): boolean {
  return sequence > (receiving.find((key) => key.epoch === epoch)?.last_sequence ?? Infinity)
}

const continuesWith = ({ received }: SessionState, { previous_hash }: ReceivedMessage): boolean =>
  previous_hash.equals(Buffer.from(received.hash, "base64"))
