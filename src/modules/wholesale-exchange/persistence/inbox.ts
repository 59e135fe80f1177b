import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { InferTypeOf } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"

import type { DocumentSignature } from "../../../lib/crypto/envelope/signature"
import { type Edition, isNewer } from "../../../lib/edition/edition"
import { contentHash } from "../../../lib/hash/content-hash"
import { firstStatus, InboxConflict, InboxState, InboxStatus, InboxVerdict } from "../domain/inbox"
import type { TravellingDocument } from "../domain/travelling-document"
import type { WholesaleInboxDocument } from "../models/inbox-document"

export type InboxRow = InferTypeOf<typeof WholesaleInboxDocument>

export interface ReceivedDocument {
  /** The receiving store and its side of the connection. */
  readonly store_id: string
  readonly connection_id: string
  /** The store that sent it: by what the transport knows, never by what the document says. */
  readonly sender_id: string
  readonly envelope: TravellingDocument
  /** Whether it can be applied here; taken as yes where it is left to the applier to find out. */
  readonly verdict?: InboxVerdict
  /** The sender's, where the document is signed. */
  readonly signature?: DocumentSignature
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

/** A row to be inserted. */
interface FreshRow {
  readonly id: string
  readonly document: ReceivedDocument
  readonly hash: string
  readonly status: InboxStatus
  readonly error: string | null
  /** Whether older revisions are there. */
  readonly supersedes: boolean
}

export interface Received {
  readonly id: string
  readonly state: InboxState
}

/**
 * Puts documents into the inbox, in few statements whatever their number; answers for each in turn.
 * Documents of one id are received one after another, here as in other transactions.
 */
export async function receiveAll(
  manager: EntityManager,
  documents: readonly ReceivedDocument[]
): Promise<Received[]> {
  const answers = new Map<ReceivedDocument, Received>()
  let waiting = [...documents]
  while (waiting.length) {
    const round = [...new Map([...waiting].reverse().map((document) => [keyOf(document), document])).values()]
    for (const [document, received] of await receiveRound(manager, round)) {
      answers.set(document, received)
    }
    waiting = waiting.filter((document) => !answers.has(document))
  }
  return documents.flatMap((document) => answers.get(document) ?? [])
}

/** Of documents whose ids all differ. */
async function receiveRound(
  manager: EntityManager,
  documents: readonly ReceivedDocument[]
): Promise<Map<ReceivedDocument, Received>> {
  await lockDocuments(manager, documents)
  const held = await heldRevisions(manager, documents)
  const answers = new Map<ReceivedDocument, Received>()
  const fresh: FreshRow[] = []
  for (const document of documents) {
    const { envelope, verdict = { state: "known" } } = document
    const hash = contentHash(envelope.body)
    const { same, newest } = held.get(keyOf(document)) ?? {}
    if (same) {
      answers.set(document, await receiveSame(manager, same, { envelope, hash }))
      continue
    }
    const isOlder = newest !== undefined && isNewer(newest, envelope)
    const { status, state, error } = firstStatus(verdict, isOlder)
    const row = { id: generateEntityId(undefined, "whinb"), document, hash, status, error }
    fresh.push({ ...row, supersedes: state === "new" && newest !== undefined })
    answers.set(document, { id: row.id, state })
  }
  await insertFresh(manager, fresh)
  await ignoreSuperseded(
    manager,
    fresh.filter(({ supersedes }) => supersedes)
  )
  return answers
}

async function receiveSame(
  manager: EntityManager,
  same: HeldRevision,
  came: Pick<ReceivedDocument, "envelope"> & { hash: string }
): Promise<Received> {
  if (same.content_hash !== came.hash) {
    return await markDesync(manager, same, came)
  }
  return { id: same.id, state: same.status === "desync" ? "desync" : "known" }
}

async function lockDocuments(manager: EntityManager, documents: readonly ReceivedDocument[]): Promise<void> {
  const keys = documents.map((document) => `wholesale_inbox:${keyOf(document)}`).sort()
  await manager.execute(
    `select pg_advisory_xact_lock(hashtextextended(key, 0))
     from json_array_elements_text(?::json) with ordinality as locked (key, place)`,
    [JSON.stringify(keys)]
  )
}

async function insertFresh(manager: EntityManager, rows: readonly FreshRow[]): Promise<void> {
  if (rows.length === 0) {
    return
  }
  const records = rows.map(({ id, document: { envelope, ...document }, hash, status, error }) => ({
    id,
    store_id: document.store_id,
    connection_id: document.connection_id,
    sender_id: document.sender_id,
    document_type: envelope.type,
    document_id: envelope.id,
    revision: envelope.revision,
    incarnation: envelope.incarnation,
    issued_at: envelope.issued_at,
    content_hash: hash,
    body: envelope.body,
    signature: document.signature ?? null,
    status,
    error,
  }))
  const columns = Object.keys(records[0]).join(", ")
  await manager.execute(
    `insert into wholesale_inbox_document (${columns}, next_attempt_at, created_at)
     select ${columns}, case when status = 'received' then clock_timestamp() end, clock_timestamp()
     from json_populate_recordset(null::wholesale_inbox_document, ?::json)`,
    [JSON.stringify(records)]
  )
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

/** Of each document the revision that came now, where it is held already, and the newest one held; by key. */
async function heldRevisions(
  manager: EntityManager,
  documents: readonly ReceivedDocument[]
): Promise<Map<string, { same?: HeldRevision; newest?: HeldRevision }>> {
  const asked = documents.map((document) => {
    const { type, id, incarnation, revision } = document.envelope
    return { key: keyOf(document), connection_id: document.connection_id, type, id, incarnation, revision }
  })
  const rows = await manager.execute<(HeldRevision & { key: string; is_same: boolean; place: number })[]>(
    `select * from (
       select asked.key, held.id, held.incarnation, held.revision, held.content_hash, held.status,
              held.incarnation = asked.incarnation and held.revision = asked.revision as is_same,
              row_number() over (
                partition by asked.key order by held.incarnation desc, held.revision desc
              )::int as place
       from json_to_recordset(?::json)
         as asked (key text, connection_id text, type text, id text, incarnation int, revision int)
       join wholesale_inbox_document as held
         on held.connection_id = asked.connection_id and held.document_type = asked.type
        and held.document_id = asked.id and held.deleted_at is null
     ) as ranked where is_same or place = 1`,
    [JSON.stringify(asked)]
  )
  const held = new Map<string, { same?: HeldRevision; newest?: HeldRevision }>()
  for (const { key, is_same, place, ...row } of rows) {
    held.set(key, { ...held.get(key), ...(is_same && { same: row }), ...(place === 1 && { newest: row }) })
  }
  return held
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
async function ignoreSuperseded(manager: EntityManager, rows: readonly FreshRow[]): Promise<void> {
  if (rows.length === 0) {
    return
  }
  const newer = rows.map(({ id, document: { connection_id, envelope } }) => ({
    newest_id: id,
    connection_id,
    document_type: envelope.type,
    document_id: envelope.id,
  }))
  await manager.execute(
    `update wholesale_inbox_document as held
     set status = 'ignored', error = 'A newer revision came before this one was applied.',
         next_attempt_at = null, updated_at = now()
     from json_to_recordset(?::json)
       as newer (newest_id text, connection_id text, document_type text, document_id text)
     where held.connection_id = newer.connection_id and held.document_type = newer.document_type
       and held.document_id = newer.document_id and held.id <> newer.newest_id
       and held.status in ('received', 'failed', 'unsupported') and held.deleted_at is null`,
    [JSON.stringify(newer)]
  )
}

const keyOf = ({ connection_id, envelope: { type, id } }: ReceivedDocument): string =>
  `${connection_id}:${type}:${id}`

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
