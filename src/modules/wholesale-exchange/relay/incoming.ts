import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { ReceivedMessage } from "../../../lib/crypto/session/receive"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import type { IncomingState } from "../domain/channel-status"
import { executeBound } from "../persistence/execute-bound"

/** How many sequences back a repeated message is still told from another one in its place. */
const REMEMBERED = 10_000

/** What tells a message from any other. */
export type MessageName = Pick<ReceivedMessage, "id" | "hash">

export interface IncomingMessage
  extends Pick<ReceivedMessage, "id" | "sequence" | "hash" | "chunk_index" | "chunk_count"> {
  readonly state: IncomingState
  /** The sealed message, while it is early or its document is not whole. */
  readonly waiting?: Buffer
}

/** A message that came early in a batch before. */
export interface EarlyMessage extends MessageName {
  readonly bytes: number
  /** Once it was read. */
  sealed?: Buffer
}

interface Range {
  readonly from: number
  readonly to: number
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
  if (messages.length === 0) {
    return
  }
  const rows = messages.map((message) => ({
    channel_id: channel.id,
    sequence: message.sequence,
    store_id: channel.store_id,
    message_id: message.id,
    sealed_hash: message.hash,
    state: message.state,
    waiting: message.waiting?.toString("base64") ?? null,
    chunk_index: message.chunk_index,
    chunk_count: message.chunk_count,
  }))
  await executeBound(
    manager,
    `${INSERT} on conflict (channel_id, sequence) do update set
       state = excluded.state, waiting = excluded.waiting, updated_at = now()`,
    JSON.stringify(rows)
  )
}

/** What stands under these sequences, as far as it is remembered. */
export async function knownMessages(
  manager: EntityManager,
  channelId: string,
  sequences: readonly number[]
): Promise<Map<number, MessageName>> {
  if (sequences.length === 0) {
    return new Map()
  }
  const rows = await manager.execute<(MessageName & { sequence: number })[]>(
    `select sequence, message_id as id, sealed_hash as hash from wholesale_relay_incoming
     where channel_id = ? and sequence in (select json_array_elements_text(?::json)::int)`,
    [channelId, JSON.stringify(sequences)]
  )
  return new Map(rows.map(({ sequence, ...name }) => [sequence, name]))
}

/** Of these message ids, those that were taken in before. */
export async function knownIds(
  manager: EntityManager,
  channelId: string,
  ids: readonly string[]
): Promise<ReadonlySet<string>> {
  const rows = await manager.execute<{ id: string }[]>(
    `select message_id as id from wholesale_relay_incoming
     where channel_id = ? and message_id in (select json_array_elements_text(?::json))`,
    [channelId, JSON.stringify(ids)]
  )
  return new Set(rows.map(({ id }) => id))
}

/** What came early and still waits, by sequence, without the messages themselves. */
export async function earlyMessages(manager: EntityManager, channelId: string): Promise<Map<number, EarlyMessage>> {
  const rows = await manager.execute<(EarlyMessage & { sequence: number })[]>(
    `select sequence, message_id as id, sealed_hash as hash, length(waiting) / 4 * 3 as bytes
     from wholesale_relay_incoming where channel_id = ? and state = 'early' order by sequence`,
    [channelId]
  )
  return new Map(rows.map(({ sequence, ...early }) => [sequence, early]))
}

/** The sealed messages that wait in a range, in their order. */
export async function waitingMessages(
  manager: EntityManager,
  channelId: string,
  state: Exclude<IncomingState, "taken">,
  { from, to }: Range
): Promise<Map<number, Buffer>> {
  const rows = await manager.execute<{ sequence: number; waiting: string }[]>(
    `select sequence, waiting from wholesale_relay_incoming
     where channel_id = ? and sequence between ? and ? and state = ? order by sequence`,
    [channelId, from, to, state]
  )
  return new Map(rows.map(({ sequence, waiting }) => [sequence, Buffer.from(waiting, "base64")]))
}

/** Drops early messages that do not open: they are asked for as if they had never come. */
export async function dropEarly(
  manager: EntityManager,
  channelId: string,
  sequences: readonly number[]
): Promise<void> {
  if (sequences.length) {
    await manager.execute(
      `delete from wholesale_relay_incoming
       where channel_id = ? and state = 'early' and sequence in (select json_array_elements_text(?::json)::int)`,
      [channelId, JSON.stringify(sequences)]
    )
  }
}

/** Whether parts of a document wait for the rest of it. */
export async function hasChunks(manager: EntityManager, channelId: string): Promise<boolean> {
  const rows = await manager.execute<{ sequence: number }[]>(
    "select sequence from wholesale_relay_incoming where channel_id = ? and state = 'chunk' limit 1",
    [channelId]
  )
  return rows.length > 0
}

/** The document is whole: nothing waits of its chunks any more. */
export async function releaseChunks(manager: EntityManager, channelId: string, { from, to }: Range): Promise<void> {
  await manager.execute(
    `update wholesale_relay_incoming set state = 'taken', waiting = null, updated_at = now()
     where channel_id = ? and sequence between ? and ? and state = 'chunk'`,
    [channelId, from, to]
  )
}

/** Forgets what is too old to be repeated by anything but malice, which no longer opens. */
export async function forgetMessages(manager: EntityManager, channelId: string, received: number): Promise<void> {
  await manager.execute("delete from wholesale_relay_incoming where channel_id = ? and sequence <= ?", [
    channelId,
    received - REMEMBERED,
  ])
}
