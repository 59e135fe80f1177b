import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { InferTypeOf } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"

import { type Edition, isNewer } from "../../../lib/edition/edition"
import { contentHash } from "../../../lib/hash/content-hash"
import { firstStatus, InboxConflict, InboxState, InboxVerdict } from "../domain/inbox"
import type { WholesaleInboxDocument } from "../models/inbox-document"

export type InboxRow = InferTypeOf<typeof WholesaleInboxDocument>

export interface ReceivedDocument {
  /** The receiving store and its side of the connection. */
  readonly store_id: string
  readonly connection_id: string
  /** The store that sent it: by what the transport knows, never by what the document says. */
  readonly sender_id: string
  readonly envelope: {
    readonly type: string
    readonly id: string
    readonly revision: number
    readonly incarnation: number
    readonly issued_at: string
    readonly body: Readonly<Record<string, unknown>>
  }
  /** Whether it can be applied here; taken as yes where it is left to the applier to find out. */
  readonly verdict?: InboxVerdict
}

export interface TakeDueInput {
  readonly limit: number
  readonly ids?: readonly string[]
  readonly taken_before?: Date
}

interface HeldRevision extends Edition {
  id: string
  content_hash: string
  status: string
}

/** Documents of one id are received one after another. */
export async function receive(
  manager: EntityManager,
  document: ReceivedDocument
): Promise<{ id: string; state: InboxState }> {
  const { connection_id, envelope, verdict = { state: "known" } } = document
  const hash = contentHash(envelope.body)
  await manager.execute("select pg_advisory_xact_lock(hashtextextended(?, 0))", [
    `wholesale_inbox:${connection_id}:${envelope.type}:${envelope.id}`,
  ])
  const { same, newest } = await heldRevisions(manager, document)
  if (same) {
    return same.content_hash === hash
      ? { id: same.id, state: same.status === "desync" ? "desync" : "known" }
      : await markDesync(manager, same, { envelope, hash })
  }
  const isOlder = newest !== undefined && isNewer(newest, envelope)
  const { status, state, error } = firstStatus(verdict, isOlder)
  const id = generateEntityId(undefined, "whinb")
  await manager.execute(
    `insert into wholesale_inbox_document
       (id, store_id, connection_id, sender_id, document_type, document_id, revision, incarnation, issued_at,
        content_hash, body, status, error, next_attempt_at, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?,
             case when ? then clock_timestamp() end, clock_timestamp())`,
    [
      id,
      document.store_id,
      connection_id,
      document.sender_id,
      envelope.type,
      envelope.id,
      envelope.revision,
      envelope.incarnation,
      envelope.issued_at,
      hash,
      JSON.stringify(envelope.body),
      status,
      error,
      status === "received",
    ]
  )
  if (state === "new" && newest) {
    await ignoreSuperseded(manager, document, id)
  }
  return { id, state }
}

/**
 * Hands out the documents that are due and keeps others from taking them for `lease_seconds`. Rows at
 * another worker are skipped, save those it took before `taken_before` and has not ended since.
 */
export async function takeDue(
  manager: EntityManager,
  { limit, lease_seconds, ids, taken_before }: TakeDueInput & { readonly lease_seconds: number }
): Promise<InboxRow[]> {
  const wanted = ids ? JSON.stringify(ids) : null
  const rows = await manager.execute<(InboxRow & { due_at: unknown })[]>(
    `with due as (
       select id, next_attempt_at as due_at from wholesale_inbox_document
       where deleted_at is null and status in ('received', 'failed')
         and (next_attempt_at <= clock_timestamp()
              or (status = 'received' and attempts > 0 and updated_at < ?::timestamptz))
         and (?::jsonb is null or id in (select jsonb_array_elements_text(?::jsonb)))
       order by next_attempt_at, id limit ? for update skip locked
     ), taken as (
       update wholesale_inbox_document as document
       set attempts = attempts + 1, updated_at = now(),
           next_attempt_at = clock_timestamp() + make_interval(secs => ?)
       from due where document.id = due.id
       returning document.*, due.due_at
     )
     select * from taken order by due_at, id`,
    [taken_before ?? null, wanted, wanted, limit, lease_seconds]
  )
  return rows.map(({ due_at: _, ...row }) => withDates(row))
}

/** The revision that came now, where it is held already, and the newest one held. */
async function heldRevisions(
  manager: EntityManager,
  { connection_id, envelope }: ReceivedDocument
): Promise<{ same?: HeldRevision; newest?: HeldRevision }> {
  const { type, id, incarnation, revision } = envelope
  const held = await manager.execute<(HeldRevision & { is_same: boolean })[]>(
    `select id, incarnation, revision, content_hash, status, is_same
     from (
       select *, incarnation = ? and revision = ? as is_same,
              row_number() over (order by incarnation desc, revision desc) as place
       from wholesale_inbox_document
       where connection_id = ? and document_type = ? and document_id = ? and deleted_at is null
     ) as held
     where is_same or place = 1 order by place`,
    [incarnation, revision, connection_id, type, id]
  )
  return { same: held.find(({ is_same }) => is_same), newest: held[0] }
}

/** The row keeps its content and when it was applied; the other content is kept beside it, the first such. */
async function markDesync(
  manager: EntityManager,
  { id, content_hash }: HeldRevision,
  { envelope, hash }: Pick<ReceivedDocument, "envelope"> & { hash: string }
): Promise<{ id: string; state: InboxState }> {
  const conflict: InboxConflict = {
    content_hash: hash,
    body: { ...envelope.body },
    received_at: new Date().toISOString(),
  }
  await manager.execute(
    `update wholesale_inbox_document
     set status = 'desync', error = ?, conflict = coalesce(conflict, ?::jsonb), next_attempt_at = null,
         updated_at = now()
     where id = ?`,
    [
      `Revision ${envelope.revision} of ${envelope.type} ${envelope.id} came with two contents: ${content_hash.slice(0, 12)} and ${hash.slice(0, 12)}.`,
      JSON.stringify(conflict),
      id,
    ]
  )
  return { id, state: "desync" }
}

/** Older revisions that still wait have nothing to say any more: each revision is a full snapshot. */
async function ignoreSuperseded(
  manager: EntityManager,
  { connection_id, envelope }: ReceivedDocument,
  newestId: string
): Promise<void> {
  await manager.execute(
    `update wholesale_inbox_document
     set status = 'ignored', error = 'A newer revision came before this one was applied.',
         next_attempt_at = null, updated_at = now()
     where connection_id = ? and document_type = ? and document_id = ? and id <> ?
       and status in ('received', 'failed', 'unsupported') and deleted_at is null`,
    [connection_id, envelope.type, envelope.id, newestId]
  )
}

/** The driver hands timestamps back as dates or as texts, depending on who opened the connection. */
function withDates(row: InboxRow): InboxRow {
  return {
    ...row,
    issued_at: new Date(row.issued_at),
    next_attempt_at: row.next_attempt_at && new Date(row.next_attempt_at),
    applied_at: row.applied_at && new Date(row.applied_at),
    created_at: new Date(row.created_at),
    updated_at: new Date(row.updated_at),
  }
}
