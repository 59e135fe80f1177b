import type { DataSource, EntityManager } from "typeorm"

import type { Mailbox } from "../database/entities"

const BATCH = 1_000
/** How long after its end a slot or an attempt is remembered: longer than a repeated request stays valid. */
const PAIRING_KEPT = "1 hour"
const DEAD_LETTERS_KEPT = "90 days"

/** Mailboxes that somebody works on are left for the next sweep. */
const LOCK_MAILBOXES = `
  select id, receive_id from relay_mailbox
  where id in (
    select mailbox_id from relay_message
    where stored_at < now() - make_interval(secs => $1) order by stored_at limit ${BATCH}
  )
  order by id for update skip locked`

const EXPIRE = `
  with mailbox as (
    select * from unnest($2::bigint[], $3::bytea[]) as b(id, hash)
  ), old as (
    select m.mailbox_id, m.position from relay_message m
    where m.mailbox_id = any($2::bigint[]) and m.stored_at < now() - make_interval(secs => $1)
    order by m.stored_at limit ${BATCH}
  ), gone as (
    delete from relay_message m using old
    where m.mailbox_id = old.mailbox_id and m.position = old.position
    returning m.mailbox_id, m.size, m.stored_at
  ), dead as (
    insert into relay_dead_letter (mailbox_hash, size, stored_at, reason)
    select mailbox.hash, gone.size, gone.stored_at, 'expired' from gone join mailbox on mailbox.id = gone.mailbox_id
  ), counted as (
    update relay_mailbox b set message_count = b.message_count - g.messages, byte_count = b.byte_count - g.bytes
    from (select mailbox_id, count(*) as messages, sum(size) as bytes from gone group by mailbox_id) g
    where b.id = g.mailbox_id
  )
  select count(*)::int as messages from gone`

/** Pairing messages are forgotten with the attempt, the rest of it later. */
const FORGET_MESSAGES = `
  update relay_attempt set message_1 = null, message_2 = null, message_3 = null, message_4 = null
  where expires_at < now() and message_1 is not null`

const DELETE_ATTEMPTS = `
  with gone as (
    delete from relay_attempt where expires_at < now() - interval '${PAIRING_KEPT}' returning step, is_closed
  )
  select count(*)::int as attempts from gone where step < 4 and not is_closed`

/** Those made for a pairing that came to nothing are over when a message for them would be. */
const DELETE_MAILBOXES = `
  with unused as (
    select id from relay_mailbox
    where message_count = 0
      and used_at < now() - make_interval(secs => least($1::float, $2::float))
      and (sender_key is null or used_at < now() - make_interval(secs => $2::float))
    order by used_at limit ${BATCH} for update skip locked
  ), gone as (
    delete from relay_mailbox b using unused where b.id = unused.id returning b.id
  )
  select count(*)::int as mailboxes from gone`

const DELETE_SLOTS = `delete from relay_slot where expires_at < now() - interval '${PAIRING_KEPT}'`
const DELETE_DEAD_LETTERS = `delete from relay_dead_letter where expired_at < now() - interval '${DEAD_LETTERS_KEPT}'`
const DELETE_LIMITS = "delete from relay_limit where expire < extract(epoch from now()) * 1000"

export interface Sweep {
  /** How long messages wait. */
  readonly message_life_ms: number
  /** How long a mailbox stays that nobody sends to any more. */
  readonly mailbox_life_ms: number
  /** What a dead letter keeps of its mailbox. */
  readonly hashOf: (receiveId: Buffer) => Buffer
}

/** What a sweep deleted. */
export interface Swept {
  readonly messages: number
  readonly mailboxes: number
  /** Pairing attempts that nobody finished or aborted. */
  readonly attempts: number
}

/**
 * Deletes what is over: messages that nobody fetched, which leave a dead letter each; empty mailboxes that nobody sends
 * to; pairing attempts and slots, old dead letters and limits. In batches, each a transaction of its own, so that it can be broken off anywhere, and any
 * number of nodes may do it at once.
 */
export async function sweep(database: DataSource, options: Sweep): Promise<Swept> {
  let messages = 0
  for (let batch = BATCH; batch > 0; messages += batch) {
    batch = await database.transaction((manager) => expireBatch(manager, options))
  }
  let mailboxes = 0
  for (let batch = BATCH; batch > 0; mailboxes += batch) {
    batch = await deleteMailboxes(database, options)
  }
  await database.query(FORGET_MESSAGES)
  const [unfinished] = await database.query<{ attempts: number }[]>(DELETE_ATTEMPTS)
  await database.query(DELETE_SLOTS)
  await database.query(DELETE_DEAD_LETTERS)
  await database.query(DELETE_LIMITS)
  return { messages, mailboxes, attempts: unfinished?.attempts ?? 0 }
}

async function expireBatch(manager: EntityManager, { message_life_ms, hashOf }: Sweep): Promise<number> {
  const seconds = message_life_ms / 1_000
  const mailboxes = await manager.query<Pick<Mailbox, "id" | "receive_id">[]>(LOCK_MAILBOXES, [seconds])
  if (mailboxes.length === 0) {
    return 0
  }
  const [expired] = await manager.query<{ messages: number }[]>(EXPIRE, [
    seconds,
    mailboxes.map(({ id }) => id),
    mailboxes.map(({ receive_id }) => hashOf(receive_id)),
  ])
  return expired?.messages ?? 0
}

async function deleteMailboxes(
  database: DataSource,
  { message_life_ms, mailbox_life_ms }: Pick<Sweep, "message_life_ms" | "mailbox_life_ms">
): Promise<number> {
  const [deleted] = await database.query<{ mailboxes: number }[]>(DELETE_MAILBOXES, [
    message_life_ms / 1_000,
    mailbox_life_ms / 1_000,
  ])
  return deleted?.mailboxes ?? 0
}
