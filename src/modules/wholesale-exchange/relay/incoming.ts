import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { ReceivedChunk } from "../../../lib/crypto/envelope/chunks"
import type { ReceivedMessage } from "../../../lib/crypto/session/receive"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import type { IncomingState } from "../domain/channel-status"

/** How many sequences back a repeated message is still told from another one in its place. */
const REMEMBERED = 10_000

type Place = Pick<ReceivedMessage, "id" | "sequence" | "hash" | "chunk_index" | "chunk_count">

export interface IncomingMessage extends Place {
  readonly state: IncomingState
  /** What waits of it: the sealed message while it is early, a chunk's payload. */
  readonly waiting?: Uint8Array
}

const INSERT = insertRecordsSql("wholesale_relay_incoming", [
  "channel_id",
  "sequence",
  "store_id",
  "message_id",
  "sealed_hash",
  "state",
  "waiting",
  "chunk_index",
  "chunk_count",
])

/** Remembers messages under their sequences; an early one that was taken since is that from now on. */
export async function rememberMessages(
  manager: EntityManager,
  channel: { readonly id: string; readonly store_id: string },
  messages: readonly IncomingMessage[]
): Promise<void> {
  const newest = new Map(messages.map((message) => [message.sequence, message]))
  if (newest.size === 0) {
    return
  }
  const rows = [...newest.values()].map((message) => ({
    channel_id: channel.id,
    sequence: message.sequence,
    store_id: channel.store_id,
    message_id: message.id,
    sealed_hash: message.hash,
    state: message.state,
    waiting: message.waiting ? Buffer.from(message.waiting).toString("base64") : null,
    chunk_index: message.chunk_index,
    chunk_count: message.chunk_count,
  }))
  await manager.execute(
    `${INSERT} on conflict (channel_id, sequence) do update set
       message_id = excluded.message_id, sealed_hash = excluded.sealed_hash, state = excluded.state,
       waiting = excluded.waiting, updated_at = now()`,
    [JSON.stringify(rows)]
  )
}

/** What stands under these sequences, as far as it is remembered. */
export async function knownMessages(
  manager: EntityManager,
  channelId: string,
  sequences: readonly number[]
): Promise<Map<number, { message_id: string; sealed_hash: string; state: IncomingState }>> {
  if (sequences.length === 0) {
    return new Map()
  }
  const rows = await manager.execute<
    { sequence: number; message_id: string; sealed_hash: string; state: IncomingState }[]
  >(
    `select sequence, message_id, sealed_hash, state from wholesale_relay_incoming
     where channel_id = ? and sequence in (select json_array_elements_text(?::json)::int)`,
    [channelId, JSON.stringify(sequences)]
  )
  return new Map(rows.map(({ sequence, ...known }) => [sequence, known]))
}

/** How many of these message ids were taken in before. */
export async function countKnownIds(
  manager: EntityManager,
  channelId: string,
  ids: readonly string[]
): Promise<number> {
  const [{ count }] = await manager.execute<{ count: number }[]>(
    `select count(*)::int as count from wholesale_relay_incoming
     where channel_id = ? and message_id in (select json_array_elements_text(?::json))`,
    [channelId, JSON.stringify(ids)]
  )
  return count
}

/** The sealed bytes of the message that came early under this sequence. */
export async function earlyMessage(
  manager: EntityManager,
  channelId: string,
  sequence: number
): Promise<Buffer | undefined> {
  const [row] = await manager.execute<{ waiting: string }[]>(
    `select waiting from wholesale_relay_incoming
     where channel_id = ? and sequence = ? and state = 'early'`,
    [channelId, sequence]
  )
  return row && Buffer.from(row.waiting, "base64")
}

/** The first sequence from there on whose message is kept as early. */
export async function firstEarly(
  manager: EntityManager,
  channelId: string,
  from: number
): Promise<number | undefined> {
  const [{ first }] = await manager.execute<{ first: number | null }[]>(
    `select min(sequence) as first from wholesale_relay_incoming
     where channel_id = ? and sequence >= ? and state = 'early'`,
    [channelId, from]
  )
  return first ?? undefined
}

/** The chunks of a document that were taken in earlier transactions. */
export async function waitingChunks(
  manager: EntityManager,
  channelId: string,
  { from, to }: { from: number; to: number }
): Promise<ReceivedChunk[]> {
  const rows = await manager.execute<
    { sequence: number; chunk_index: number; chunk_count: number; waiting: string }[]
  >(
    `select sequence, chunk_index, chunk_count, waiting from wholesale_relay_incoming
     where channel_id = ? and sequence between ? and ? and state = 'chunk' order by sequence`,
    [channelId, from, to]
  )
  return rows.map(({ waiting, ...chunk }) => ({ ...chunk, payload: Buffer.from(waiting, "base64") }))
}

/** The document is whole: nothing waits of its chunks any more. */
export async function releaseChunks(
  manager: EntityManager,
  channelId: string,
  { from, to }: { from: number; to: number }
): Promise<void> {
  await manager.execute(
    `update wholesale_relay_incoming set state = 'taken', waiting = null, updated_at = now()
     where channel_id = ? and sequence between ? and ? and state = 'chunk'`,
    [channelId, from, to]
  )
}

/** Forgets what is too old to be repeated by anything but malice, which no longer opens. */
export async function forgetMessages(manager: EntityManager, channelId: string, received: number): Promise<void> {
  await manager.execute("delete from wholesale_relay_incoming where channel_id = ? and sequence < ?", [
    channelId,
    received - REMEMBERED,
  ])
}
