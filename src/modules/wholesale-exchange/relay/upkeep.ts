import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { writeAcknowledgement } from "../../../lib/crypto/envelope/control"
import { rekeyDue } from "../../../lib/crypto/session/rekey"
import { send, sendOffer } from "../../../lib/crypto/session/send"
import { notFound } from "../../../lib/errors/wholesale-error"
import { channelMachine } from "../domain/channel-status"
import { storableText } from "../domain/storable"
import { lockChannel, stands, STANDS, withDates, writeChannel, type ChannelRow, type OpenChannel } from "./channel"
import { dropQueued, emptyOutbox, queueMessages, type QueuedMessage } from "./outbox"
import type { Vault } from "./vault"

/** A side of a connection by the store it belongs to. */
export interface ChannelRef {
  readonly id: string
  readonly store_id: string
}

/** What people see of a channel: no key is in it. */
export type VisibleChannel = Omit<ChannelRow, "session_sealed" | "send_private_key_sealed"> & {
  /** Messages on their way that the partner has not applied yet. */
  readonly queued: number
  readonly unsent: number
  /** When the oldest of them was sealed. */
  readonly oldest_queued_at: Date | null
}

/** By the database's clock, which also says what is due: that of a process may be wrong. */
const NEXT_BEAT = "heartbeat_due_at = clock_timestamp() + make_interval(secs => ?)"

/** How long a closing channel waits for its partner to take what it still has. */
const CLOSING_DAYS = 14

/** @throws WholesaleError 404 */
export async function visibleChannel(manager: EntityManager, { id, store_id }: ChannelRef): Promise<VisibleChannel> {
  const [found] = await manager.execute<
    (ChannelRow & { queued: number; unsent: number; oldest_queued_at: Date | string | null })[]
  >(
    `select channel.*, queue.queued, queue.unsent, queue.oldest_queued_at
     from wholesale_relay_channel as channel, lateral (
       select count(*)::int as queued, count(*) filter (where sent_at is null)::int as unsent,
              min(created_at) as oldest_queued_at
       from wholesale_relay_outgoing where channel_id = channel.id and not is_aside and deleted_at is null
     ) as queue
     where channel.id = ? and channel.store_id = ? and channel.deleted_at is null`,
    [id, store_id]
  )
  if (!found) {
    throw notFound("channel", id)
  }
  const { queued, unsent, oldest_queued_at, ...row } = found
  const { session_sealed: _, send_private_key_sealed: __, ...visible } = withDates(row)
  return { ...visible, queued, unsent, oldest_queued_at: oldest_queued_at ? new Date(oldest_queued_at) : null }
}

/** Channels whose heartbeat is due, longest first. */
export async function heartbeatsDue(manager: EntityManager, limit: number): Promise<ChannelRef[]> {
  return await manager.execute<ChannelRef[]>(
    `select id, store_id from wholesale_relay_channel
     where ${STANDS} and heartbeat_due_at <= clock_timestamp() and deleted_at is null
     order by heartbeat_due_at, id limit ?`,
    [limit]
  )
}

/**
 * Says that this side is there, what it sent last and what it has applied, and offers new keys where
 * the old ones have served their time; a channel that ends needs none. Out of step it says that instead.
 */
export async function beat(
  manager: EntityManager,
  vault: Vault,
  ref: ChannelRef,
  seconds: number
): Promise<void> {
  const channel = await lockChannel(manager, vault, ref)
  if (!channel || !stands(channel.row)) {
    return
  }
  const surroundings = { now_ms: Date.now() }
  const queued: QueuedMessage[] = []
  let { session } = channel
  if (channel.row.status === "open" && rekeyDue(session, surroundings.now_ms)) {
    const { state, message } = sendOffer(session, surroundings)
    session = state
    queued.push(...(message ? [{ message }] : []))
  }
  const type = channel.row.status === "desync" ? "out_of_step" : "heartbeat"
  const { sequence, hash } = session.received
  const payload = writeAcknowledgement({ through: sequence, sealed_hash: Buffer.from(hash, "base64") })
  const { state, message } = send(session, { type, payload }, surroundings)
  await queueMessages(manager, channel.row, [...queued, { message }])
  await writeChannel(manager, vault, { ...channel, session: state })
  await manager.execute(`update wholesale_relay_channel set ${NEXT_BEAT} where id = ?`, [seconds, channel.row.id])
}

/** Keeps why a channel's heartbeat failed, and lets others have their turn before it is tried again. */
export async function noteFailedBeat(
  manager: EntityManager,
  { id, failure, seconds }: { id: string; failure: string; seconds: number }
): Promise<void> {
  await manager.execute(
    `update wholesale_relay_channel
     set send_failure = ?, ${NEXT_BEAT}, updated_at = now()
     where id = ?`,
    [storableText(failure).slice(0, 500), seconds, id]
  )
}

/** Offers the partner new keys now. @returns whether there was anything to offer: an offer may wait already */
export async function offerKeys(manager: EntityManager, vault: Vault, channel: OpenChannel): Promise<boolean> {
  const { state, message } = sendOffer(channel.session, { now_ms: Date.now() })
  if (!message) {
    return false
  }
  await queueMessages(manager, channel.row, [{ message }])
  await writeChannel(manager, vault, { ...channel, session: state })
  return true
}

/** Says to the partner that no more comes, after all that is under way; the keys go once it knows. */
export async function beginClosing(manager: EntityManager, vault: Vault, channel: OpenChannel): Promise<void> {
  const { row, session } = channel
  const status = channelMachine.next(row.status, "close")
  if (!status) {
    return
  }
  const now_ms = Date.now()
  const { state, message } = send(session, { type: "revoke" }, { now_ms })
  await queueMessages(manager, row, [{ message }])
  await writeChannel(manager, vault, { row, session: state }, { status, closing_at: new Date(now_ms) })
}

/** Nothing can be said over a channel that is out of step: it is to be forgotten, its keys and its mailbox. */
export async function endContradicting(manager: EntityManager, { id, store_id }: ChannelRef): Promise<void> {
  await manager.execute(
    `update wholesale_relay_channel set closing_at = coalesce(closing_at, clock_timestamp()), updated_at = now()
     where id = ? and store_id = ? and status = 'desync' and deleted_at is null`,
    [id, store_id]
  )
}

/** The partner takes nothing more: only what tells it so is still sent. */
export async function closedByPartner(manager: EntityManager, channelId: string): Promise<void> {
  await dropQueued(manager, channelId)
  await manager.execute(
    `update wholesale_relay_channel
     set status = 'closing', closing_at = coalesce(closing_at, clock_timestamp()), updated_at = now()
     where id = ? and status in ('open', 'closing')`,
    [channelId]
  )
}

/**
 * Channels that were ended and have nothing more to say: the partner knows, or has said so itself; or it
 * has not listened for two weeks; or the two contradict each other, so that it cannot be told.
 */
export async function channelsToForget(manager: EntityManager, limit: number): Promise<ChannelRow[]> {
  const rows = await manager.execute<ChannelRow[]>(
    `select * from wholesale_relay_channel as channel
     where status in ('closing', 'desync') and closing_at is not null and deleted_at is null
       and (status = 'desync' or closing_at < clock_timestamp() - interval '${CLOSING_DAYS} days'
            or not exists (
              select 1 from wholesale_relay_outgoing
              where channel_id = channel.id and (is_aside or type = 'revoke')
            ))
     order by id limit ?`,
    [limit]
  )
  return rows.map(withDates)
}

/** Destroys the keys of a channel, and what only they could have read. */
export async function forgetChannel(manager: EntityManager, id: string): Promise<void> {
  await manager.execute(
    `update wholesale_relay_channel
     set status = 'closed', session_sealed = null, send_private_key_sealed = null, updated_at = now()
     where id = ?`,
    [id]
  )
  await emptyOutbox(manager, id)
  await manager.execute("delete from wholesale_relay_incoming where channel_id = ?", [id])
}
