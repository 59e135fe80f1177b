import { isSealedLength } from "../../../lib/crypto/envelope/padding"
import { writeFrames } from "../../../lib/relay/frames"
import { RELAY_LIMITS } from "../../../lib/relay/limits"
import { messageId, relayId, sessionId, slotName } from "./ids"

/** Receive id of the mailbox and id of the message. */
export type Acknowledged = readonly [receive_id: string, message_id: string]

const LEAST_TTL_SECONDS = 60
const LONGEST_TTL_SECONDS = 86_400

/**
 * What no relay takes is refused before it is sent: ids become part of a path, and those of a partner are whatever the
 * partner says. Each throws RangeError, which tells the rule and never the argument.
 */
export function checkId(id: string): void {
  check(relayId.safeParse(id).success, "ids of mailboxes and attempts, and references, are base64url of 16 bytes")
}

export function checkSession(id: string): void {
  check(sessionId.safeParse(id).success, "the id of a session is base64url of 32 bytes")
}

export function checkSlot(slot: string): void {
  check(slotName.safeParse(slot).success, "a slot has two characters, without 0, 1, I and O")
}

export function checkWait(seconds: number): void {
  checkCount(seconds, 0, RELAY_LIMITS.wait_seconds, "seconds of waiting")
}

export function checkTtl(seconds: number): void {
  checkCount(seconds, LEAST_TTL_SECONDS, LONGEST_TTL_SECONDS, "seconds a slot is open")
}

export function checkLimit(limit: number): void {
  checkCount(limit, 1, RELAY_LIMITS.received_messages, "messages to receive")
}

export function checkAcknowledged(acknowledged: readonly Acknowledged[]): void {
  checkCount(acknowledged.length, 0, RELAY_LIMITS.acknowledged_messages, "messages to acknowledge")
  check(
    acknowledged.every(([mailbox, id]) => relayId.safeParse(mailbox).success && messageId.safeParse(id).success),
    "messages are acknowledged by receive id and message id"
  )
}

/** Sealed messages as they are sent. */
export function writeSent(messages: readonly Buffer[]): Buffer {
  checkCount(messages.length, 1, RELAY_LIMITS.sent_messages, "messages to send")
  check(
    messages.every((message) => isSealedLength(message.length)),
    "only sealed messages are sent"
  )
  const frames = writeFrames(messages)
  checkCount(frames.length, 1, RELAY_LIMITS.sent_bytes, "bytes to send")
  return frames
}

/** A message of a pairing as it is sent. */
export function writePairingMessage(message: Buffer): string {
  checkCount(message.length, 1, RELAY_LIMITS.pairing_message_bytes, "bytes of a pairing message")
  return message.toString("base64url")
}

function checkCount(count: number, from: number, to: number, what: string): void {
  check(Number.isInteger(count) && count >= from && count <= to, `${what} are from ${from} to ${to}`)
}

function check(holds: boolean, rule: string): void {
  if (!holds) {
    throw new RangeError(`The relay was not asked: ${rule}.`)
  }
}
