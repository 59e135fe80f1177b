import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Ed25519KeyPair } from "../../../lib/crypto/ed25519"
import { storableText } from "../domain/storable"
import { STANDS, withDates, type ChannelRow } from "./channel"
import { SENDABLE } from "./outbox"
import type { ChannelRef } from "./upkeep"

const LEASE_SECONDS = 60

/** An outbox that nobody else sends from for now. */
export interface TakenOutbox {
  readonly channel: ChannelRow
  /** What the partner's mailbox is written to with. */
  readonly key: Ed25519KeyPair
}

/** How sending went. */
export interface SendingOutcome {
  readonly id: string
  readonly failure: string | null
  /** In a row, this one counted. */
  readonly failures: number
  /** For how long the relay is left alone. */
  readonly wait_seconds: number
  /** Whether the relay took anything. */
  readonly sent: boolean
}

/** Channels that have something to send, that nobody is sending, and whose relay may be asked now. */
export async function channelsToSend(
  manager: EntityManager,
  { limit, after = "" }: { limit: number; after?: string }
): Promise<ChannelRef[]> {
  return await manager.execute<ChannelRef[]>(
    `select id, store_id from wholesale_relay_channel as channel
     where ${STANDS} and deleted_at is null and id > ?
       and (sending_until is null or sending_until < clock_timestamp())
       and (send_after is null or send_after <= clock_timestamp())
       and exists (
         select 1 from wholesale_relay_outgoing
         where channel_id = channel.id and ${SENDABLE} and deleted_at is null
       )
     order by id limit ?`,
    [after, limit]
  )
}

/**
 * Takes the channel's outbox for one sender; undefined where another has it, or the relay is to be left
 * alone for now. Taken, it is given back by `endSending`, or comes free after a minute.
 */
export async function beginSending(manager: EntityManager, ref: ChannelRef): Promise<ChannelRow | undefined> {
  const [row] = await manager.execute<ChannelRow[]>(
    `update wholesale_relay_channel
     set sending_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
     where id = ? and store_id = ? and ${STANDS} and deleted_at is null
       and (sending_until is null or sending_until < clock_timestamp())
       and (send_after is null or send_after <= clock_timestamp())
     returning *`,
    [ref.id, ref.store_id]
  )
  return row && withDates(row)
}

/** Gives the outbox back; `wait_seconds` keeps everybody from the relay for that long. */
export async function endSending(
  manager: EntityManager,
  { id, failure, failures, wait_seconds, sent }: SendingOutcome
): Promise<void> {
  await manager.execute(
    `update wholesale_relay_channel
     set sending_until = null, send_failure = ?, send_failures = ?,
         send_after = case when ? > 0 then clock_timestamp() + make_interval(secs => ?) end,
         last_out_at = case when ? then clock_timestamp() else last_out_at end
     where id = ?`,
    [failure === null ? null : storableText(failure).slice(0, 500), failures, wait_seconds, wait_seconds, sent, id]
  )
}

/** Whether something came into the outbox since it was emptied. */
export async function hasUnsent(manager: EntityManager, channelId: string): Promise<boolean> {
  const rows = await manager.execute<{ id: string }[]>(
    `select outgoing.id from wholesale_relay_channel as channel
     join wholesale_relay_outgoing as outgoing on outgoing.channel_id = channel.id and outgoing.deleted_at is null
     where channel.id = ? and ${SENDABLE} limit 1`,
    [channelId]
  )
  return rows.length > 0
}
