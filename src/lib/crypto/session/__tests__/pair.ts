import { writeAcknowledgement } from "../../envelope/control"
import type { Role } from "../../envelope/direction-key"
import { isAside, type MessageType } from "../../envelope/message-type"
import { receive, type Received } from "../receive"
import { send, sendOffer, type SentMessage } from "../send"
import { readSession, startSession, writeSession, type SessionState } from "../state"

export const NOW = Date.UTC(2026, 0, 1)
export const ROOT = Buffer.alloc(32, 7)

/** One side of a connection as a caller keeps it: its state as text, and all that it sent. */
export interface Side {
  text: string
  readonly sent: SentMessage[]
  now_ms: number
}

export const stateOf = (side: Side): SessionState => readSession(side.text)

export function newSide(role: Role, { root_key = ROOT, connection_id = "whpair_1" } = {}): Side {
  return { text: writeSession(startSession({ root_key, role, connection_id, now_ms: NOW })), sent: [], now_ms: NOW }
}

/** Both sides of one connection. */
export const newPair = (): Record<Role, Side> => ({ distributor: newSide("distributor"), retailer: newSide("retailer") })

const DOCUMENT: Uint8Array = Buffer.from("a document")

export function say(side: Side, type: MessageType = "document", payload = DOCUMENT): SentMessage {
  const { state, message } = send(stateOf(side), { type, payload }, side)
  return keep(side, state, message)
}

export function offer(side: Side): SentMessage {
  const { state, message } = sendOffer(stateOf(side), side)
  if (!message) {
    throw new Error("an offer waits already")
  }
  return keep(side, state, message)
}

/** A heartbeat that acknowledges all that was received. */
export const beat = (side: Side): SentMessage => say(side, "heartbeat", acknowledgementOf(side))

/** What it says in a heartbeat's place once it has seen a contradiction. */
export const outOfStep = (side: Side): SentMessage => say(side, "out_of_step", acknowledgementOf(side))

function acknowledgementOf(side: Side): Buffer {
  const { received } = stateOf(side)
  return writeAcknowledgement({ through: received.sequence, sealed_hash: Buffer.from(received.hash, "base64") })
}

/** Takes a message in and keeps what follows from it, as a caller does. */
export function hear(side: Side, { bytes }: Pick<SentMessage, "bytes">): Received {
  const received = receive(stateOf(side), bytes, side)
  side.text = writeSession(received.state)
  if ("reply" in received && received.reply) {
    side.sent.push(received.reply)
  }
  return received
}

/** Brings every message in sequence that is due to the other side, both ways, until nothing moves. */
export function settle({ distributor, retailer }: Record<Role, Side>): void {
  const next = (from: Side, to: Side) =>
    from.sent.find(({ type, sequence }) => !isAside(type) && sequence === stateOf(to).received.sequence + 1)
  for (;;) {
    const [down, up] = [next(distributor, retailer), next(retailer, distributor)]
    if (!down && !up) {
      return
    }
    for (const [message, to] of [[down, retailer], [up, distributor]] as const) {
      const outcome = message && hear(to, message).outcome
      if (outcome && outcome !== "next") {
        throw new Error(`a message that was due was ${outcome}`)
      }
    }
  }
}

function keep(side: Side, state: SessionState, message: SentMessage): SentMessage {
  side.text = writeSession(state)
  side.sent.push(message)
  return message
}
