import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { sealedHash } from "../../../lib/crypto/envelope/message"
import { isAside } from "../../../lib/crypto/envelope/message-type"
import type { SentMessage } from "../../../lib/crypto/session/send"
import { RELAY_LIMITS } from "../../../lib/relay/limits"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import type { TravellingDocument } from "../domain/travelling-document"
import { executeBound } from "../persistence/execute-bound"

/** How long an acceptance of new keys may be on its way before it is sent again. */
const ACCEPTANCE_SECONDS = 30

/** Sealed bytes in one statement, at least. */
const STATEMENT_BYTES = 2 * 1024 * 1024

/**
 * What the table's indexes are on; nothing here is ever marked as deleted.
 *
 * An outbox is empty most of the time, and the planner takes it for empty when it has just filled. So the statements
 * below leave it no choice that would read everything: ids are given as an array and not joined with.
 */
const OF_CHANNEL = "channel_id = ? and deleted_at is null"

/**
 * To be sent, as SQL over the outbox and its `channel`. Out of step nothing goes but what is beside the sequence: that
 * this side is there.
 */
export const SENDABLE = "sent_at is null and (is_aside or channel.status <> 'desync')"

/** A sealed message with the document it carries, or a part of it. */
export interface QueuedMessage {
  readonly message: SentMessage
  readonly document?: Pick<TravellingDocument, "type" | "id" | "revision" | "incarnation">
}

/** A message to be handed to the relay. */
export interface DueMessage {
  readonly id: string
  readonly is_aside: boolean
  readonly sealed: Buffer
}

const INSERT = insertRecordsSql("wholesale_relay_outgoing", [
  "id",
  "store_id",
  "channel_id",
  "type",
  "sequence",
  "is_aside",
  "sealed",
  "bytes",
  "document_type",
  "document_id",
  "document_revision",
  "document_incarnation",
])

/**
 * Puts sealed messages into the outbox, in the transaction that stores the session they came from. One
 * beside the sequence takes the place of its like that was not sent yet: it says all that one did.
 */
export async function queueMessages(
  manager: EntityManager,
  channel: { readonly id: string; readonly store_id: string },
  messages: readonly QueuedMessage[]
): Promise<void> {
  const asides = messages.filter(({ message }) => isAside(message.type)).map(({ message }) => message.type)
  if (asides.length) {
    await manager.execute(
      `delete from wholesale_relay_outgoing where id = any(array(
         ${locked(
           `${OF_CHANNEL} and is_aside and sent_at is null and type in (select json_array_elements_text(?::json))`
         )}
       ))`,
      [channel.id, JSON.stringify(asides)]
    )
  }
  for (const part of partsOf(messages)) {
    const rows = part.map((it) => rowOf(channel, it))
    await executeBound(manager, INSERT, JSON.stringify(rows))
  }
}

/** One statement's worth after another: large ones are not all held as text at once. */
function* partsOf(messages: readonly QueuedMessage[]): Generator<QueuedMessage[], void, undefined> {
  let part: QueuedMessage[] = []
  let bytes = 0
  for (const queued of messages) {
    part.push(queued)
    bytes += queued.message.bytes.length
    if (bytes >= STATEMENT_BYTES) {
      yield part
      part = []
      bytes = 0
    }
  }
  if (part.length) {
    yield part
  }
}

function rowOf(
  channel: { readonly id: string; readonly store_id: string },
  { message: { id, type, sequence, bytes }, document }: QueuedMessage
) {
  return {
    id,
    store_id: channel.store_id,
    channel_id: channel.id,
    type,
    sequence,
    is_aside: isAside(type),
    sealed: bytes.toString("base64"),
    bytes: bytes.length,
    document_type: document?.type ?? null,
    document_id: document?.id ?? null,
    document_revision: document?.revision ?? null,
    document_incarnation: document?.incarnation ?? null,
  }
}

/** Of these editions, those that are on their way already: their sealed bytes are sent, and no others. */
export async function queuedEditions(
  manager: EntityManager,
  channelId: string,
  documents: readonly TravellingDocument[]
): Promise<Set<string>> {
  const rows = await manager.execute<{ type: string; id: string; revision: number; incarnation: number }[]>(
    `select held.* from json_array_elements_text(?::json) as asked (id) cross join lateral (
       select distinct document_type as type, document_id as id, document_revision as revision,
              document_incarnation as incarnation
       from wholesale_relay_outgoing where ${OF_CHANNEL} and document_id = asked.id
     ) as held`,
    [JSON.stringify(documents.map(({ id }) => id)), channelId]
  )
  return new Set(rows.map(editionKey))
}

export const editionKey = ({
  type,
  id,
  revision,
  incarnation,
}: Pick<TravellingDocument, "type" | "id" | "revision" | "incarnation">): string =>
  `${type} ${id} ${incarnation} ${revision}`

/** What is to be sent next, in its order: as much as one request takes. Out of step, what is in sequence stays. */
export async function dueMessages(manager: EntityManager, channelId: string): Promise<DueMessage[]> {
  const rows = await manager.execute<{ id: string; is_aside: boolean; sealed: string }[]>(
    `select id, is_aside, sealed from (
       select id, is_aside, sealed, sequence,
              sum(bytes + 4) over (order by sequence, is_aside, id) as total_bytes
       from (
         select outgoing.id, is_aside, sealed, sequence, bytes from wholesale_relay_channel as channel
         join wholesale_relay_outgoing as outgoing on outgoing.channel_id = channel.id and outgoing.deleted_at is null
         where channel.id = ? and ${SENDABLE}
         order by sequence, is_aside, outgoing.id limit ?
       ) as next
     ) as summed
     where total_bytes <= ?
     order by sequence, is_aside, id`,
    [channelId, RELAY_LIMITS.sent_messages, RELAY_LIMITS.sent_bytes]
  )
  return rows.map(({ sealed, ...row }) => ({ ...row, sealed: Buffer.from(sealed, "base64") }))
}

/** The relay has them: those in sequence are kept until the partner has applied them. */
export async function markSent(manager: EntityManager, messages: readonly DueMessage[]): Promise<void> {
  await manager.execute(
    `with done as (
       ${locked("id = any(array(select json_array_elements_text(?::json)))")}
     ), gone as (
       delete from wholesale_relay_outgoing where is_aside and id = any(array(select id from done))
     )
     update wholesale_relay_outgoing set sent_at = clock_timestamp(), updated_at = now()
     where not is_aside and id = any(array(select id from done))`,
    [JSON.stringify(messages.map(({ id }) => id))]
  )
}

/** SHA-256 of a message that the partner has not applied yet, as far as is known. */
export async function queuedHash(
  manager: EntityManager,
  channelId: string,
  sequence: number
): Promise<Buffer | undefined> {
  const [row] = await manager.execute<{ sealed: string }[]>(
    `select sealed from wholesale_relay_outgoing where ${OF_CHANNEL} and not is_aside and sequence = ?`,
    [channelId, sequence]
  )
  return row && sealedHash(Buffer.from(row.sealed, "base64"))
}

/** What the partner has applied is kept no longer. */
export async function forgetAcknowledged(
  manager: EntityManager,
  { channel_id, through }: { channel_id: string; through: number }
): Promise<void> {
  await manager.execute(
    `delete from wholesale_relay_outgoing
     where id = any(array(${locked(`${OF_CHANNEL} and not is_aside and sequence <= ?`)}))`,
    [channel_id, through]
  )
}

/** Sends again what the partner misses: the same bytes. */
export async function sendAgain(
  manager: EntityManager,
  { channel_id, from, to }: { channel_id: string; from: number; to: number }
): Promise<void> {
  await manager.execute(
    `update wholesale_relay_outgoing set sent_at = null, updated_at = now()
     where id = any(array(
       ${locked(`${OF_CHANNEL} and not is_aside and sequence between ? and ? and sent_at is not null`)}
     ))`,
    [channel_id, from, to]
  )
}

/**
 * Sends all that is on its way again where the acceptance of new keys is among it after some time: as
 * long as the partner does not have that, nothing which comes after it opens there, and nothing shows it
 * missing.
 *
 * @returns whether there was any
 */
export async function sendAcceptanceAgain(manager: EntityManager, channelId: string): Promise<boolean> {
  const rows = await manager.execute<{ id: string }[]>(
    `update wholesale_relay_outgoing set sent_at = null, updated_at = now()
     where id = any(array(${locked(`${OF_CHANNEL} and not is_aside and sent_at is not null and exists (
           select 1 from wholesale_relay_outgoing
           where ${OF_CHANNEL} and not is_aside and type = 'rekey_accept'
             and sent_at < clock_timestamp() - interval '${ACCEPTANCE_SECONDS} seconds'
         )`)}))
     returning id`,
    [channelId, channelId]
  )
  return rows.length > 0
}

/** The partner takes nothing of the sequence any more: what is said beside it still goes out. */
export async function dropQueued(manager: EntityManager, channelId: string): Promise<void> {
  await manager.execute(
    `delete from wholesale_relay_outgoing where id = any(array(${locked(`${OF_CHANNEL} and not is_aside`)}))`,
    [channelId]
  )
}

/** Everything of a channel, when its keys are destroyed. */
export async function emptyOutbox(manager: EntityManager, channelId: string): Promise<void> {
  await manager.execute(`delete from wholesale_relay_outgoing where id = any(array(${locked(OF_CHANNEL)}))`, [channelId])
}

/**
 * Ids of messages, locked in their order. Those who send and those who take receipts in meet at the same
 * rows, and each may hold many of them.
 */
function locked(condition: string): string {
  return `select id from wholesale_relay_outgoing where ${condition} order by sequence, is_aside, id for update`
}
