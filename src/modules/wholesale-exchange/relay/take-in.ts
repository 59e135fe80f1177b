import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { assemble, firstSequence } from "../../../lib/crypto/envelope/chunks"
import { readGapRequest, writeAcknowledgement, writeGapRequest } from "../../../lib/crypto/envelope/control"
import { CHUNK_BYTES } from "../../../lib/crypto/envelope/layout"
import { readMessageId } from "../../../lib/crypto/envelope/message"
import { isAside } from "../../../lib/crypto/envelope/message-type"
import {
  receive,
  type DesyncReason,
  type Received,
  type ReceivedMessage,
} from "../../../lib/crypto/session/receive"
import { send } from "../../../lib/crypto/session/send"
import type { SessionState } from "../../../lib/crypto/session/state"
import { DOCUMENT_BYTES, readPayload, type RelayPayload } from "../domain/relay-payload"
import { writeChannel, type ChannelChange, type OpenChannel } from "./channel"
import {
  countKnownIds,
  earlyMessage,
  firstEarly,
  forgetMessages,
  knownMessages,
  releaseChunks,
  rememberMessages,
  waitingChunks,
  type IncomingMessage,
} from "./incoming"
import { forgetAcknowledged, queueMessages, sendAgain, type QueuedMessage } from "./outbox"
import type { Vault } from "./vault"

/** How long a request for missing messages may take before it is repeated. */
const GAP_REPEATED_MS = 5_000
/** Messages that one gap request asks for: the rest is asked for when these are there. */
const GAP_MESSAGES = 1_000
const FORGET_EVERY = 1_000

export interface TakenIn {
  /** Documents that became whole, in the order they were sent. */
  readonly documents: readonly RelayPayload[]
  /** Whether the outbox has something to send now. */
  readonly has_replies: boolean
  readonly desync?: DesyncReason
  readonly revoked: boolean
}

/** What a batch of messages makes of a channel, gathered to be written in few statements. */
interface Work {
  readonly manager: EntityManager
  readonly channel: OpenChannel
  state: SessionState
  readonly now_ms: number
  readonly documents: RelayPayload[]
  readonly incoming: IncomingMessage[]
  readonly repeated: ReceivedMessage[]
  readonly refused: string[]
  readonly queued: QueuedMessage[]
  taken: number
  known_sequence: number
  asked?: { from: number; to: number }
  desync?: DesyncReason
  revoked: boolean
}

/**
 * Takes messages from the channel's mailbox in, in the transaction that locked the channel: what is due
 * is taken, with its documents; what is early is kept sealed; what was there is compared with what was;
 * what does not open is counted. Taken again, the same messages change nothing.
 *
 * Stops at the first message that contradicts what this side knows: what came before it stands, and
 * the channel carries nothing more until people pair again.
 */
export async function takeIn(
  manager: EntityManager,
  vault: Vault,
  channel: OpenChannel,
  messages: readonly Buffer[]
): Promise<TakenIn> {
  const work: Work = {
    manager,
    channel,
    state: channel.session,
    now_ms: Date.now(),
    documents: [],
    incoming: [],
    repeated: [],
    refused: [],
    queued: [],
    taken: 0,
    known_sequence: channel.row.known_sequence,
    revoked: false,
  }
  for (const sealed of messages) {
    await takeOne(work, sealed)
    await takeWaiting(work)
    if (work.desync) {
      break
    }
  }
  await compareRepeated(work)
  return await finish(work, vault)
}

async function takeOne(work: Work, sealed: Buffer): Promise<void> {
  const received = receive(work.state, sealed, { now_ms: work.now_ms })
  if (received.outcome === "refused") {
    work.refused.push(readMessageId(sealed) ?? "")
    return
  }
  if (received.outcome === "desync") {
    work.desync = received.reason
    return
  }
  work.state = received.state
  const { message } = received
  if (received.outcome === "next") {
    await takeNext(work, received)
  } else if (received.outcome === "aside") {
    await takeAside(work, message)
  } else if (!isAside(message.type)) {
    work.repeated.push(message)
    if (received.outcome === "early") {
      work.incoming.push({ ...placeOf(message), state: "early", waiting: sealed })
    }
  }
  const newest = received.gap?.to ?? 0
  work.known_sequence = Math.max(work.known_sequence, newest, isAside(message.type) ? 0 : message.sequence)
}

/** Messages that came early and are due now. */
async function takeWaiting(work: Work): Promise<void> {
  while (!work.desync && work.state.received.sequence < work.known_sequence) {
    const due = work.state.received.sequence + 1
    const here = work.incoming.find(({ sequence, state }) => sequence === due && state === "early")?.waiting
    const sealed = here ? Buffer.from(here) : await earlyMessage(work.manager, work.channel.row.id, due)
    if (!sealed) {
      return
    }
    await takeOne(work, sealed)
    if (work.state.received.sequence < due) {
      return
    }
  }
}

async function takeNext(work: Work, { message, reply }: Exclude<Received, { outcome: "refused" | "desync" }>): Promise<void> {
  work.taken += 1
  if (reply) {
    work.queued.push({ message: reply })
  }
  if (message.type === "document" && message.chunk_count > 1) {
    await takeChunk(work, message)
    return
  }
  work.incoming.push({ ...placeOf(message), state: "taken" })
  if (message.type === "document") {
    takeDocument(work, message.payload)
  }
  work.revoked ||= message.type === "revoke"
}

/** The last chunk makes the document whole; those before it wait in the database. */
async function takeChunk(work: Work, message: ReceivedMessage): Promise<void> {
  const { chunk_index, chunk_count, sequence, payload } = message
  if ((chunk_count - 1) * CHUNK_BYTES > DOCUMENT_BYTES) {
    work.desync = "malformed"
    return
  }
  if (chunk_index < chunk_count - 1) {
    work.incoming.push({ ...placeOf(message), state: "chunk", waiting: payload })
    return
  }
  const channelId = work.channel.row.id
  const range = { from: firstSequence(message), to: sequence }
  // Those of this batch are written first, so that all lie in one place.
  await rememberMessages(work.manager, work.channel.row, work.incoming.splice(0))
  const before = await waitingChunks(work.manager, channelId, range)
  const assembled = assemble([...before, { sequence, chunk_index, chunk_count, payload }], DOCUMENT_BYTES)
  if (assembled.state !== "complete") {
    work.desync = "malformed"
    return
  }
  await releaseChunks(work.manager, channelId, range)
  work.incoming.push({ ...placeOf(message), state: "taken" })
  takeDocument(work, assembled.document)
}

function takeDocument(work: Work, bytes: Uint8Array): void {
  const payload = readPayload(bytes)
  if (payload) {
    work.documents.push(payload)
  } else {
    work.desync = "malformed"
  }
}

/** A receipt or heartbeat took effect in the session; a gap request is answered by the same bytes again. */
async function takeAside(work: Work, message: ReceivedMessage): Promise<void> {
  if (message.type !== "gap_request") {
    return
  }
  const asked = readGapRequest(message.payload)
  if (!asked) {
    return
  }
  if (asked.from <= work.state.acknowledged) {
    // It had applied these: it was put back to a state before.
    work.desync = "partner_went_back"
    return
  }
  await sendAgain(work.manager, { channel_id: work.channel.row.id, ...asked })
  work.asked = asked
}

/** Under a sequence that was taken stands that message and no other. */
async function compareRepeated(work: Work): Promise<void> {
  const known = await knownMessages(
    work.manager,
    work.channel.row.id,
    work.repeated.map(({ sequence }) => sequence)
  )
  const isAnother = ({ sequence, id, hash }: ReceivedMessage) => {
    const before = known.get(sequence)
    return before !== undefined && (before.message_id !== id || before.sealed_hash !== hash)
  }
  if (work.repeated.some(isAnother)) {
    work.desync ??= "replaced"
    // What is remembered stays what it was.
    work.incoming.splice(0, Infinity, ...work.incoming.filter(({ state }) => state !== "early"))
  }
}

async function finish(work: Work, vault: Vault): Promise<TakenIn> {
  const { manager, channel, documents, revoked } = work
  const { row } = channel
  const change: Record<string, unknown> & ChannelChange = {
    known_sequence: Math.max(work.known_sequence, work.state.received.sequence),
    ...(work.state.partner_time_ms > channel.session.partner_time_ms && { last_in_at: new Date(work.now_ms) }),
    ...(await refusedChange(work)),
    ...(work.desync && { status: "desync", desync_reason: work.desync, desync_at: new Date(work.now_ms) }),
  }
  if (work.state.acknowledged > channel.session.acknowledged) {
    await forgetAcknowledged(manager, { channel_id: row.id, through: work.state.acknowledged })
  }
  await rememberMessages(manager, row, work.incoming)
  if (!work.desync) {
    await sealAnswers(work, change)
  }
  await queueMessages(manager, row, work.queued)
  const { sequence } = work.state.received
  if (Math.floor(sequence / FORGET_EVERY) > Math.floor(channel.session.received.sequence / FORGET_EVERY)) {
    await forgetMessages(manager, row.id, sequence)
  }
  await writeChannel(manager, vault, { row, session: work.state }, change)
  return {
    documents,
    has_replies: work.queued.length > 0 || work.asked !== undefined,
    desync: work.desync,
    revoked,
  }
}

/** A receipt for what was taken, and a request for what is missing. */
async function sealAnswers(work: Work, change: ChannelChange): Promise<void> {
  const surroundings = { now_ms: work.now_ms }
  const answer = (type: "receipt" | "gap_request", payload: Buffer) => {
    const { state, message } = send(work.state, { type, payload }, surroundings)
    work.state = state
    work.queued.push({ message })
  }
  const { sequence, hash } = work.state.received
  if (work.taken > 0) {
    answer("receipt", writeAcknowledgement({ through: sequence, sealed_hash: Buffer.from(hash, "base64") }))
  }
  const asked = work.channel.row.gap_asked_at?.getTime() ?? 0
  const isDue = work.taken > 0 || work.now_ms - asked >= GAP_REPEATED_MS
  if (sequence < work.known_sequence && isDue) {
    const from = sequence + 1
    const early = (await firstEarly(work.manager, work.channel.row.id, from)) ?? Infinity
    const to = Math.min(work.known_sequence, early - 1, sequence + GAP_MESSAGES)
    answer("gap_request", writeGapRequest({ from, to }))
    change.gap_asked_at = new Date(work.now_ms)
  }
}

/** A message whose key is gone is no stranger when it was there before. */
async function refusedChange(work: Work): Promise<ChannelChange> {
  if (work.refused.length === 0) {
    return {}
  }
  const known = await countKnownIds(work.manager, work.channel.row.id, work.refused)
  return { refused_count: work.channel.row.refused_count + Math.max(0, work.refused.length - known) }
}

const placeOf = ({ id, sequence, hash, chunk_index, chunk_count }: ReceivedMessage) => ({
  id,
  sequence,
  hash,
  chunk_index,
  chunk_count,
})
