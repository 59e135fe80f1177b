import { createHash } from "node:crypto"

import { ed25519Pair } from "../../__tests__/ed25519-pair"
import { ed25519Signer } from "../../ed25519"
import { splitDocument } from "../../envelope/chunks"
import { writeAcknowledgement, writeGapRequest } from "../../envelope/control"
import type { Role } from "../../envelope/direction-key"
import { signDocument } from "../../envelope/signature"
import { x25519PublicKey } from "../../x25519"
import { receive } from "../receive"
import { send, sendOffer, type SentMessage } from "../send"
import { partnerOf, startSession, type SessionState } from "../state"

/** What the frozen vectors are made from. */
export const INPUT = {
  connection_id: "whpair_01GOLDEN",
  root: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
  offer_private_key: "2a".repeat(32),
  accept_private_key: "7b".repeat(32),
  identity_private_key: "4c".repeat(32),
  now_ms: 1_767_225_600_000,
  /** Byte i of the long document is 31 i mod 251. */
  long_document_bytes: 300_000,
} as const

export interface GoldenMessage {
  sender: Role
  epoch: number
  type: string
  sequence: number
  time_ms: number
  /** Id and salt. */
  random: string
  /** Where it is not a chunk. */
  payload?: string
  sealed?: string
  sealed_sha256: string
}

export const longDocument = (): Buffer =>
  Buffer.from(Uint8Array.from({ length: INPUT.long_document_bytes }, (_, index) => (31 * index) % 251))

/** Two sides that say a little of everything and rekey once; a message's random bytes follow from its number. */
export function playGolden(): { messages: (GoldenMessage & { bytes: Buffer })[]; roots: string[]; signature: object } {
  const { connection_id, now_ms } = INPUT
  const root_key = Buffer.from(INPUT.root, "hex")
  const start = (role: Role): SessionState => startSession({ root_key, role, connection_id, now_ms })
  const states: Record<Role, SessionState> = { distributor: start("distributor"), retailer: start("retailer") }
  const messages: (GoldenMessage & { bytes: Buffer })[] = []
  let drawn = Buffer.alloc(0)
  let clock = INPUT.now_ms
  const surroundings = (private_key: string) => ({
    now_ms: (clock += 1000),
    random: (bytes: number) => {
      drawn = createHash("sha256").update(`golden ${messages.length}`).digest().subarray(0, bytes)
      return drawn
    },
    generate: () => {
      const key = Buffer.from(private_key, "hex")
      return { private_key: key, public_key: x25519PublicKey(key) }
    },
  })
  const record = (sender: Role, { type, epoch, sequence, bytes }: SentMessage, payload?: Uint8Array) =>
    messages.push({
      sender,
      epoch,
      type,
      sequence,
      time_ms: clock,
      random: drawn.toString("hex"),
      payload: payload && Buffer.from(payload).toString("hex"),
      sealed: payload && bytes.toString("hex"),
      sealed_sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes,
    })
  const deliver = (sender: Role, { bytes }: SentMessage) => {
    const to = partnerOf(sender)
    const received = receive(states[to], bytes, surroundings(INPUT.accept_private_key))
    states[to] = received.state
    if ("reply" in received && received.reply) {
      record(to, received.reply, rekeyPayload(received.state.epoch, INPUT.accept_private_key))
      deliver(to, received.reply)
    }
  }
  const say = (sender: Role, content: Parameters<typeof send>[1], isChunk = false) => {
    const { state, message } = send(states[sender], content, surroundings(""))
    states[sender] = state
    record(sender, message, isChunk ? undefined : (content.payload ?? Buffer.alloc(0)))
    deliver(sender, message)
  }
  const acknowledge = (sender: Role) => {
    const { sequence, hash } = states[sender].received
    return writeAcknowledgement({ through: sequence, sealed_hash: Buffer.from(hash, "base64") })
  }

  const roots: string[] = [INPUT.root]
  say("retailer", { type: "document", payload: Buffer.from(`{"type":"purchase_order","id":"whpo_1"}`) })
  say("distributor", { type: "document", payload: Buffer.alloc(1000, "order ") })
  say("distributor", { type: "receipt", payload: acknowledge("distributor") })
  say("retailer", { type: "gap_request", payload: writeGapRequest({ from: 1, to: 1 }) })
  const { state, message } = sendOffer(states.retailer, surroundings(INPUT.offer_private_key))
  states.retailer = state
  if (message) {
    record("retailer", message, rekeyPayload(1, INPUT.offer_private_key))
    deliver("retailer", message)
  }
  roots.push(Buffer.from(states.retailer.root, "base64").toString("hex"))
  for (const chunk of splitDocument(longDocument())) {
    say("distributor", { type: "document", ...chunk }, true)
  }
  say("retailer", { type: "heartbeat", payload: acknowledge("retailer") })
  say("retailer", { type: "revoke" })
  say("distributor", { type: "out_of_step", payload: acknowledge("distributor") })
  return { messages, roots, signature: signDocument(ed25519Signer(ed25519Pair(Buffer.from(INPUT.identity_private_key, "hex"))), SIGNED) }
}

export const SIGNED = {
  type: "invoice",
  id: "whinv_1",
  revision: 2,
  incarnation: 1,
  content_hash: createHash("sha256").update("an invoice").digest("hex"),
  connection_id: INPUT.connection_id,
}

function rekeyPayload(epoch: number, private_key: string): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(epoch)
  return Buffer.concat([bytes, x25519PublicKey(Buffer.from(private_key, "hex"))])
}
