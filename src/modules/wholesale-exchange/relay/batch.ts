import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { DesyncReason, ReceivedMessage } from "../../../lib/crypto/session/receive"
import type { SessionState } from "../../../lib/crypto/session/state"
import type { RelayPayload } from "../domain/relay-payload"
import type { OpenChannel } from "./channel"
import { earlyMessages, waitingMessages, type EarlyMessage, type IncomingMessage } from "./incoming"
import type { QueuedMessage } from "./outbox"

/** How far ahead of what is due a message is kept; the rest is asked for again. */
const EARLY_MESSAGES = 1_000
const EARLY_BYTES = 64 * 1024 * 1024
/** Early messages that are read from the database at a time. */
const READ_BYTES = 4 * 1024 * 1024

/** What messages from one mailbox make of a channel, gathered to be written in few statements. */
export interface Batch {
  readonly manager: EntityManager
  /** As it was. */
  readonly channel: OpenChannel
  readonly now_ms: number
  /** As it has become. */
  state: SessionState
  /** The last sequence that the partner is known to have sent. */
  known_sequence: number
  /** What this batch brought, by sequence. */
  readonly incoming: Map<number, IncomingMessage>
  /** What batches before brought early, by sequence. */
  readonly early: Map<number, EarlyMessage>
  early_bytes: number
  /** Sequences of early messages that do not open. */
  readonly dropped: number[]
  /** Messages that were taken before, to be compared with what was. */
  readonly repeated: ReceivedMessage[]
  /** Messages that did not open. */
  readonly refused: Buffer[]
  readonly documents: RelayPayload[]
  readonly queued: QueuedMessage[]
  /** Messages taken in order. */
  taken: number
  /** Whether something is missing that was not known to be: what was asked for before ends elsewhere. */
  found_gap: boolean
  /** What the partner says it has applied last: SHA-256 of the message of `state.acknowledged`. */
  acknowledged_hash?: Buffer
  /** The partner spoke under an epoch before this side's. */
  is_partner_behind: boolean
  /** Whether messages are to be sent again. */
  resent: boolean
  desync?: DesyncReason
  revoked: boolean
}

export async function beginBatch(manager: EntityManager, channel: OpenChannel): Promise<Batch> {
  const { row, session } = channel
  const hasGap = row.known_sequence > session.received.sequence
  const early = hasGap ? await earlyMessages(manager, row.id) : new Map<number, EarlyMessage>()
  return {
    manager,
    channel,
    now_ms: Date.now(),
    state: session,
    known_sequence: row.known_sequence,
    incoming: new Map(),
    early,
    early_bytes: [...early.values()].reduce((sum, { bytes }) => sum + bytes, 0),
    dropped: [],
    repeated: [],
    refused: [],
    documents: [],
    queued: [],
    taken: 0,
    found_gap: false,
    is_partner_behind: false,
    resent: false,
    revoked: false,
  }
}

/** Keeps a message that came early, sealed as it is, where there is room for it. */
export function keepEarly(batch: Batch, message: ReceivedMessage, sealed: Buffer): void {
  const isNear = message.sequence - batch.state.received.sequence <= EARLY_MESSAGES
  if (isNear && batch.early_bytes + sealed.length <= EARLY_BYTES) {
    batch.early_bytes += sealed.length
    batch.incoming.set(message.sequence, { ...placeOf(message), state: "early", waiting: sealed })
  }
}

/** What is remembered of a message that was taken. */
export const placeOf = ({ id, sequence, hash, chunk_index, chunk_count }: ReceivedMessage) => ({
  id,
  sequence,
  hash,
  chunk_index,
  chunk_count,
})

/** The sealed message that came early under this sequence. */
export async function earlySealed(batch: Batch, sequence: number): Promise<Buffer | undefined> {
  const here = batch.incoming.get(sequence)
  if (here) {
    return here.state === "early" ? here.waiting : undefined
  }
  const kept = batch.early.get(sequence)
  if (kept && !kept.sealed) {
    await readEarly(batch, sequence)
  }
  return kept?.sealed
}

/** Reads it with those that follow on it. */
async function readEarly({ manager, channel, early }: Batch, from: number): Promise<void> {
  const range = { from, to: lastToRead(early, from) }
  for (const [sequence, sealed] of await waitingMessages(manager, channel.row.id, "early", range)) {
    const kept = early.get(sequence)
    if (kept) {
      kept.sealed = sealed
    }
  }
}

function lastToRead(early: ReadonlyMap<number, EarlyMessage>, from: number): number {
  let bytes = early.get(from)?.bytes ?? 0
  for (let to = from; ; to++) {
    bytes += early.get(to + 1)?.bytes ?? Infinity
    if (bytes > READ_BYTES) {
      return to
    }
  }
}
