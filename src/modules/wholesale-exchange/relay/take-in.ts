import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { CHUNK_BYTES } from "../../../lib/crypto/envelope/layout"
import { readMessageId } from "../../../lib/crypto/envelope/message"
import { isAside } from "../../../lib/crypto/envelope/message-type"
import { receive, type DesyncReason, type Received, type ReceivedMessage } from "../../../lib/crypto/session/receive"
import { receivingKeys, writeSession, type SessionState } from "../../../lib/crypto/session/state"
import { DOCUMENT_BYTES, type RelayPayload } from "../domain/relay-payload"
import { sealAnswers } from "./answers"
import { beginBatch, earlySealed, keepEarly, placeOf, type Batch } from "./batch"
import { writeChannel, type ChannelChange, type OpenChannel } from "./channel"
import { dropEarly, forgetMessages, knownIds, knownMessages, rememberMessages, type MessageName } from "./incoming"
import { forgetAcknowledged, queueMessages, sendAcceptanceAgain } from "./outbox"
import { compareAcknowledged, takeAside } from "./take-aside"
import { takeDocument } from "./take-document"
import type { Vault } from "./vault"

const FORGET_EVERY = 1_000
/** What the columns of a channel hold; no partner comes near them. */
const HIGHEST = 2 ** 31 - 1
const LATEST_MS = Date.UTC(9999, 11, 31)

export interface TakenIn {
  /** Documents that became whole, in the order they were sent. */
  readonly documents: readonly RelayPayload[]
  /** Whether the outbox has something to send now. */
  readonly has_replies: boolean
  readonly desync?: DesyncReason
  readonly revoked: boolean
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
  const batch = await beginBatch(manager, channel)
  let waiting = messages
  while (waiting.length && !batch.desync) {
    const { epoch } = batch.state
    await takeEach(batch, waiting)
    // What does not open may do so under keys that came after it.
    waiting = batch.state.epoch === epoch ? [] : batch.refused.splice(0)
  }
  await compareRepeated(batch)
  await compareAcknowledged(batch)
  return await finish(batch, vault)
}

async function takeEach(batch: Batch, messages: readonly Buffer[]): Promise<void> {
  for (const sealed of messages) {
    await takeOne(batch, sealed)
    await takeEarly(batch)
    if (batch.desync) {
      return
    }
  }
}

async function takeOne(batch: Batch, sealed: Buffer): Promise<void> {
  const before = batch.state
  const received = receive(before, sealed, { now_ms: batch.now_ms })
  if (received.outcome === "refused") {
    batch.refused.push(sealed)
    return
  }
  const { message } = received
  batch.desync = contradiction(batch, received)
  if (batch.desync || received.outcome === "desync") {
    return
  }
  batch.state = received.state
  if (!isAside(message.type)) {
    batch.known_sequence = Math.max(batch.known_sequence, message.sequence)
  }
  if (received.outcome === "next") {
    await takeNext(batch, received, { sealed, before })
  } else if (received.outcome === "aside") {
    await takeAside(batch, before, message)
    batch.known_sequence = Math.max(batch.known_sequence, message.sequence)
  } else if (received.outcome === "early" && !batch.early.has(message.sequence)) {
    keepEarly(batch, message, sealed)
  } else if (!isAside(message.type)) {
    batch.repeated.push(message)
  }
}

/** What a message that opens says against what this side knows, as far as its batch and what waits tell. */
function contradiction(
  { incoming, early }: Batch,
  received: Exclude<Received, { outcome: "refused" }>
): DesyncReason | undefined {
  if (received.outcome === "desync") {
    return received.reason
  }
  const { type, sequence, time_ms, chunk_count, ...message } = received.message
  if (sequence > HIGHEST || time_ms > LATEST_MS || (chunk_count - 1) * CHUNK_BYTES > DOCUMENT_BYTES) {
    return "malformed"
  }
  const stands = isAside(type) ? undefined : (incoming.get(sequence) ?? early.get(sequence))
  return stands && isAnother(stands, message) ? "replaced" : undefined
}

/** Messages that came early and are due now. */
async function takeEarly(batch: Batch): Promise<void> {
  while (!batch.desync) {
    const due = batch.state.received.sequence + 1
    const sealed = await earlySealed(batch, due)
    if (!sealed) {
      return
    }
    await takeOne(batch, sealed)
    if (batch.state.received.sequence < due && !batch.desync) {
      batch.dropped.push(due)
      batch.incoming.delete(due)
    }
    const cameBefore = batch.early.delete(due)
    batch.found_gap ||= cameBefore
  }
}

async function takeNext(
  batch: Batch,
  { message, reply }: Exclude<Received, { outcome: "refused" | "desync" }>,
  { sealed, before }: { sealed: Buffer; before: SessionState }
): Promise<void> {
  batch.taken += 1
  if (reply) {
    batch.queued.push({ message: reply })
  }
  if (message.type === "document") {
    await takeDocument(batch, message, { sealed, keys: message.chunk_count > 1 ? receivingKeys(before) : [] })
    return
  }
  batch.incoming.set(message.sequence, { ...placeOf(message), state: "taken" })
  batch.revoked ||= message.type === "revoke"
}

/** Under a sequence that was taken stands that message and no other. */
async function compareRepeated(batch: Batch): Promise<void> {
  const { manager, channel, repeated } = batch
  const known = await knownMessages(
    manager,
    channel.row.id,
    repeated.map(({ sequence }) => sequence)
  )
  const isReplaced = (message: ReceivedMessage) => {
    const stands = known.get(message.sequence)
    return stands !== undefined && isAnother(stands, message)
  }
  if (repeated.some(isReplaced)) {
    batch.desync ??= "replaced"
  }
}

const isAnother = (stands: MessageName, { id, hash }: MessageName): boolean => stands.id !== id || stands.hash !== hash

async function finish(batch: Batch, vault: Vault): Promise<TakenIn> {
  const { manager, channel, documents, revoked } = batch
  const { row, session } = channel
  const change: Record<string, unknown> & ChannelChange = {
    ...(await refusedChange(batch)),
    ...(batch.desync && { status: "desync", desync_reason: batch.desync, desync_at: new Date(batch.now_ms) }),
  }
  await dropEarly(manager, row.id, batch.dropped)
  await rememberMessages(manager, row, [...batch.incoming.values()])
  if (!batch.desync) {
    await settleOutbox(batch)
    Object.assign(change, sealAnswers(batch))
  }
  await queueMessages(manager, row, batch.queued)
  const { sequence } = batch.state.received
  if (Math.floor(sequence / FORGET_EVERY) > Math.floor(session.received.sequence / FORGET_EVERY)) {
    await forgetMessages(manager, row.id, sequence)
  }
  await writeWhatChanged(batch, vault, change)
  return {
    documents,
    has_replies: !batch.desync && (batch.queued.length > 0 || batch.resent),
    desync: batch.desync,
    revoked,
  }
}

/** What the partner has is kept no longer; what it cannot know to be missing goes out again. */
async function settleOutbox(batch: Batch): Promise<void> {
  const { manager, channel, state } = batch
  if (state.acknowledged > channel.session.acknowledged) {
    await forgetAcknowledged(manager, { channel_id: channel.row.id, through: state.acknowledged })
  }
  if (batch.is_partner_behind && (await sendAcceptanceAgain(manager, channel.row.id))) {
    batch.resent = true
  }
}

/** Messages that were there before change nothing, so that a relay that repeats them costs little. */
async function writeWhatChanged(
  { manager, channel, state, known_sequence, now_ms }: Batch,
  vault: Vault,
  change: ChannelChange
): Promise<void> {
  const { row, session } = channel
  const written: ChannelChange = {
    ...change,
    ...(known_sequence > row.known_sequence && { known_sequence }),
    ...(state.partner_time_ms > session.partner_time_ms && {
      last_in_at: new Date(now_ms),
      unopened_count: 0,
      unopened_since: null,
    }),
  }
  if (Object.keys(written).length > 0 || writeSession(state) !== writeSession(session)) {
    await writeChannel(manager, vault, { row, session: state }, written)
  }
}

/** A message whose key is gone is no stranger when it was there before. */
async function refusedChange({ manager, channel: { row }, refused, now_ms }: Batch): Promise<ChannelChange> {
  if (refused.length === 0) {
    return {}
  }
  const ids = refused.map((sealed) => readMessageId(sealed) ?? "")
  const known = await knownIds(manager, row.id, ids)
  const strange = ids.filter((id) => !known.has(id)).length
  if (strange === 0) {
    return {}
  }
  return {
    refused_count: Math.min(row.refused_count + strange, HIGHEST),
    unopened_count: Math.min(row.unopened_count + strange, HIGHEST),
    unopened_since: row.unopened_since ?? new Date(now_ms),
  }
}
