import type { DataSource } from "typeorm"

import type { MailboxFrame } from "../../lib/relay/frames"
import { RELAY_LIMITS } from "../../lib/relay/limits"
import type { Mailbox, Message } from "../database/entities"
import { fairShares } from "./fair-shares"

const FILLED = `
  select id, receive_id, message_count from relay_mailbox
  where owner_key = $1 and message_count > 0`

/**
 * The first of each mailbox, then the second of each, and so on, older ones first; so a cut, by number or bytes,
 * leaves every mailbox its oldest. Bytes are read only of those that are handed out.
 */
const OLDEST = `
  with turn as (
    select m.* from unnest($1::bigint[], $2::int[]) as b(id, share)
    cross join lateral (
      select mailbox_id, position, size, row_number() over (order by position) as turn
      from relay_message where mailbox_id = b.id
      order by position limit b.share
    ) m
    order by m.turn, m.position limit $3
  ), summed as (
    select mailbox_id, position, row_number() over in_order as place, sum(size) over in_order as bytes
    from turn window in_order as (order by turn, position)
  )
  select m.mailbox_id, m.sealed
  from summed s join relay_message m on m.mailbox_id = s.mailbox_id and m.position = s.position
  where s.bytes <= $4 or s.place = 1
  order by s.place`

const KEYS_WITH_MAIL = `
  select distinct owner_key from relay_mailbox
  where owner_key = any($1::bytea[]) and message_count > 0`

/**
 * The oldest messages over all mailboxes of a key, fair over them, at most `limit` and as many as one answer
 * carries. Undefined where there are none. Changes nothing.
 */
export async function waitingMessages(
  database: DataSource,
  { owner_key, limit }: { owner_key: Buffer; limit: number }
): Promise<MailboxFrame[] | undefined> {
  const filled = await database.query<Pick<Mailbox, "id" | "receive_id" | "message_count">[]>(FILLED, [owner_key])
  if (filled.length === 0) {
    return undefined
  }
  const shares = fairShares(
    filled.map(({ message_count }) => message_count),
    limit
  )
  const messages = await database.query<Pick<Message, "mailbox_id" | "sealed">[]>(OLDEST, [
    filled.map(({ id }) => id),
    shares,
    limit,
    RELAY_LIMITS.received_bytes,
  ])
  const receiveIds = new Map(filled.map(({ id, receive_id }) => [id, receive_id.toString("base64url")]))
  const frames = messages.map(({ mailbox_id, sealed }) => ({ mailbox: receiveIds.get(mailbox_id) ?? "", sealed }))
  return frames.length > 0 ? frames : undefined
}

/** Of these keys, those with messages waiting. */
export async function keysWithMail(database: DataSource, keys: readonly Buffer[]): Promise<Buffer[]> {
  const found = await database.query<Pick<Mailbox, "owner_key">[]>(KEYS_WITH_MAIL, [keys])
  return found.map(({ owner_key }) => owner_key)
}
