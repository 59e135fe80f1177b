import type { DataSource } from "typeorm"

import { HEADER, MESSAGE_ID_BYTES } from "../../lib/crypto/envelope/layout"
import type { RelayQuotas } from "../config"
import type { Mailbox } from "../database/entities"
import type { SentBatch } from "./sent-batch"

export interface StoredBatch {
  /** Whose mailbox it is. */
  readonly owner_key: Buffer
  /** How many of the batch, from the first, are there now. */
  readonly accepted: number
  /** How many of them were not there before, and their bytes. */
  readonly messages: number
  readonly bytes: number
}

type LockedMailbox = Pick<Mailbox, "id" | "owner_key" | "message_count" | "byte_count">

/** The mailbox, if this key may send to it: an index tells for one that is not there as for one of another sender. */
const LOCK = `
  select id, owner_key, message_count, byte_count from relay_mailbox
  where send_id = $1 and (sender_key is null or sender_key = $2)
  for update`

/**
 * The whole batch in one statement: cut from the request's bytes where the frames are, those left out that are there
 * already, and everything from the first one on for which there is no room. When the mailbox was used is written once
 * a day, so that its index need not be written with each batch.
 */
const STORE = `
  with frame as (
    select place, start, size,
      substring($2::bytea from start + ${HEADER.message_id + 1} for ${MESSAGE_ID_BYTES}) as message_id
    from unnest($3::int[], $4::int[], $5::int[]) as f(place, start, size)
  ), fresh as (
    select *, row_number() over (order by place) as messages, sum(size) over (order by place) as bytes
    from frame
    where not exists (
      select from relay_message m where m.mailbox_id = $1 and m.message_id = frame.message_id
    )
  ), full_from as (
    select min(place) as place from fresh where messages > $6 or bytes > $7
  ), stored as (
    insert into relay_message (mailbox_id, message_id, size, sealed)
    select $1, message_id, size, substring($2 from start + 1 for size) from fresh
    where place < coalesce((select place from full_from), ${2 ** 31 - 1})
    order by place
    returning size
  ), summed as (
    select count(*)::int as messages, coalesce(sum(size), 0)::int as bytes from stored
  ), counted as (
    update relay_mailbox b
    set sender_key = $8, message_count = b.message_count + summed.messages, byte_count = b.byte_count + summed.bytes,
      used_at = case when b.used_at < now() - interval '1 day' then now() else b.used_at end
    from summed where b.id = $1
  )
  select full_from.place as full_from, summed.messages, summed.bytes from full_from, summed`

/**
 * Puts a batch into the mailbox, in its order, all of it or the first part that there is room for, and binds the
 * mailbox to this sender. A message whose id is there already stays as it is and counts as accepted.
 *
 * Batches for one mailbox wait for each other on its row: so within a mailbox nobody ever sees a message before one
 * that came earlier.
 *
 * @returns undefined where there is no such mailbox for this sender
 */
export async function storeMessages(
  database: DataSource,
  { send_id, sender_key, batch, quotas }: { send_id: Buffer; sender_key: Buffer; batch: SentBatch; quotas: Pick<RelayQuotas, "mailbox_messages" | "mailbox_bytes"> }
): Promise<StoredBatch | undefined> {
  return await database.transaction(async (manager) => {
    const [mailbox] = await manager.query<LockedMailbox[]>(LOCK, [send_id, sender_key])
    if (!mailbox) {
      return undefined
    }
    const { frames } = batch
    const [outcome] = await manager.query<{ full_from: number | null; messages: number; bytes: number }[]>(STORE, [
      mailbox.id,
      batch.bytes,
      frames.map(({ place }) => place),
      frames.map(({ start }) => start),
      frames.map(({ size }) => size),
      quotas.mailbox_messages - mailbox.message_count,
      quotas.mailbox_bytes - Number(mailbox.byte_count),
      sender_key,
    ])
    return {
      owner_key: mailbox.owner_key,
      accepted: outcome?.full_from ?? batch.count,
      messages: outcome?.messages ?? 0,
      bytes: outcome?.bytes ?? 0,
    }
  })
}
