import { randomBytes } from "node:crypto"
import type { Client } from "@medusajs/framework/pg"

import { HEADER, MESSAGE_ID_BYTES } from "../../src/lib/crypto/envelope/layout"
import { SEALED_BYTES } from "./mailbox"

/** Channels, and mailboxes, that the messages of others are spread over. */
const OTHERS = 10
const SEALED = randomBytes(SEALED_BYTES)

/** Fills a store's outbox with what is on its way to other partners, half of it with the relay already. */
export async function fillOutbox(database: Client, store_id: string, { from, to }: Range): Promise<void> {
  await database.query(
    `insert into wholesale_relay_outgoing
       (id, store_id, channel_id, type, sequence, is_aside, sealed, bytes, document_type, document_id,
        document_revision, document_incarnation, sent_at)
     select md5(n::text), $1, 'whcon_other_' || n % ${OTHERS}, 'document', 1 + n / ${OTHERS}, false, $2, $3, 'order',
            'other_' || n, 1, 1, case when n / ${OTHERS} % 2 = 0 then now() end
     from generate_series($4::int, $5::int - 1) as n`,
    [store_id, SEALED.toString("base64"), SEALED_BYTES, from, to]
  )
  // As autovacuum leaves a table that has been filled.
  await database.query("vacuum analyze wholesale_relay_outgoing")
}

/** Fills mailboxes of other stores. */
export async function fillOtherMailboxes(database: Client, { from, to }: Range): Promise<void> {
  for (let other = 0; other < OTHERS; other++) {
    const receive_id = Buffer.alloc(MESSAGE_ID_BYTES, other)
    await database.query(
      `insert into relay_mailbox (receive_id, send_id, owner_key, ref) values ($1, $1, $1, $1)
       on conflict (receive_id) do nothing`,
      [receive_id]
    )
    await fillMailbox(database, receive_id, (to - from) / OTHERS)
  }
  await database.query("vacuum analyze relay_message")
}

/** Puts so many more messages into a mailbox. */
export async function fillMailbox(database: Client, receive_id: Buffer, count: number): Promise<void> {
  await database.query(
    `with mailbox as (
       update relay_mailbox
       set message_count = message_count + $2::int, byte_count = byte_count + $2::bigint * ${SEALED_BYTES}
       where receive_id = $1 returning id
     )
     insert into relay_message (mailbox_id, message_id, size, sealed)
     select mailbox.id, named.id, ${SEALED_BYTES}, overlay($3::bytea placing named.id from ${HEADER.message_id + 1})
     from mailbox, generate_series(1, $2::int) as n, lateral (select decode(md5(n || random()::text), 'hex')) as named (id)`,
    [receive_id, count, SEALED]
  )
}

interface Range {
  readonly from: number
  readonly to: number
}
