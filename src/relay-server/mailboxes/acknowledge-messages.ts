import type { DataSource } from "typeorm"

import type { Mailbox } from "../database/entities"

/** What a store need not be given again. */
export interface Acknowledgement {
  readonly receive_id: Buffer
  readonly message_id: Buffer
}

/** In the order of their ids, as everyone takes them who takes several. */
const LOCK = `
  select id, receive_id from relay_mailbox
  where owner_key = $1 and receive_id = any($2::bytea[])
  order by id for update`

const DELETE = `
  with gone as (
    delete from relay_message m
    using unnest($1::bigint[], $2::bytea[]) as a(mailbox_id, message_id)
    where m.mailbox_id = a.mailbox_id and m.message_id = a.message_id
    returning m.mailbox_id, m.size
  ), counted as (
    update relay_mailbox b
    set message_count = b.message_count - g.messages, byte_count = b.byte_count - g.bytes
    from (select mailbox_id, count(*) as messages, sum(size) as bytes from gone group by mailbox_id) g
    where b.id = g.mailbox_id
  )
  select count(*)::int as messages, coalesce(sum(size), 0)::int as bytes from gone`

/**
 * Deletes messages from the mailboxes of this key, in one transaction. What is in no mailbox of the key, or not
 * there any more, is passed over.
 *
 * @returns how many were deleted
 */
export async function acknowledgeMessages(
  database: DataSource,
  { owner_key, acknowledged }: { owner_key: Buffer; acknowledged: readonly Acknowledgement[] }
): Promise<number> {
  if (acknowledged.length === 0) {
    return 0
  }
  const receiveIds = new Map(acknowledged.map(({ receive_id }) => [receive_id.toString("hex"), receive_id]))
  return await database.transaction(async (manager) => {
    const mailboxes = await manager.query<Pick<Mailbox, "id" | "receive_id">[]>(LOCK, [
      owner_key,
      [...receiveIds.values()],
    ])
    const own = new Map(mailboxes.map(({ id, receive_id }) => [receive_id.toString("hex"), id]))
    const found = acknowledged.flatMap(({ receive_id, message_id }) => {
      const mailbox_id = own.get(receive_id.toString("hex"))
      return mailbox_id === undefined ? [] : [{ mailbox_id, message_id }]
    })
    const [deleted] = await manager.query<{ messages: number }[]>(DELETE, [
      found.map(({ mailbox_id }) => mailbox_id),
      found.map(({ message_id }) => message_id),
    ])
    return deleted?.messages ?? 0
  })
}
