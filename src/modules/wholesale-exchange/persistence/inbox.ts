import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { InferTypeOf } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"

import type { DocumentSignature } from "../../../lib/crypto/envelope/signature"
import { contentHash } from "../../../lib/hash/content-hash"
import {
  receiveInTurn,
  SUPERSEDED,
  WAITING,
  type Arrival,
  type HeldRevision,
  type Received,
  type Reception,
} from "../domain/arrivals"
import type { InboxConflict, InboxVerdict } from "../domain/inbox"
import type { TravellingDocument } from "../domain/travelling-document"
import type { WholesaleInboxDocument } from "../models/inbox-document"
import { executeBound } from "./execute-bound"

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
  /** `contentHash` of the body, where it is known already. */
  readonly content_hash?: string
}

export interface TakeDueInput {
  readonly limit: number
  readonly ids?: readonly string[]
  readonly taken_before?: Date
}

/** A document with what is to be known of it in the inbox. */
interface ArrivingDocument extends Arrival {
  readonly document: ReceivedDocument
}

/**
 * Puts documents into the inbox, in few statements whatever their number; answers for each in turn.
 * Documents of one id are received one after another, here as in other transactions.
 */
export async function receiveAll(
  manager: EntityManager,
  documents: readonly ReceivedDocument[]
): Promise<readonly Received[]> {
  await lockDocuments(manager, documents)
  return await receiveLocked(manager, documents)
}

/** The same under a lock of the caller's, which keeps all others from receiving on these connections. */
export async function receiveLocked(
  manager: EntityManager,
  documents: readonly ReceivedDocument[]
): Promise<readonly Received[]> {
  if (documents.length === 0) {
    return []
  }
  const arrivals = documents.map(arriving)
  const held = await heldRevisions(manager, arrivals)
  const { answers, fresh, contradicted, superseding } = receiveInTurn(arrivals, held, {
    newId: () => generateEntityId(undefined, "whinb"),
    now: new Date(),
  })
  for (const { id, error, conflict } of contradicted) {
    await markDesync(manager, { id, error, conflict })
  }
  await ignoreSuperseded(manager, superseding)
  await insertFresh(manager, fresh)
  return answers
}

function arriving(document: ReceivedDocument): ArrivingDocument {
  const { connection_id, envelope, verdict = { state: "known" }, content_hash } = document
  const { type, id, incarnation, revision, body } = envelope
  return {
    key: `${connection_id}:${type}:${id}`,
    name: `${type} ${id}`,
    incarnation,
    revision,
    content_hash: content_hash ?? contentHash(body),
    verdict,
    body,
    document,
  }
}

async function lockDocuments(manager: EntityManager, documents: readonly ReceivedDocument[]): Promise<void> {
  const keys = documents.map(({ connection_id, envelope }) => `${connection_id}:${envelope.type}:${envelope.id}`)
  await manager.execute(
    `select pg_advisory_xact_lock(hashtextextended('wholesale_inbox:' || key, 0))
     from json_array_elements_text(?::json) with ordinality as locked (key, place)`,
    [JSON.stringify(keys.sort())]
  )
}

/** Of each document the revisions that come now, where they are held already, and the newest one held. */
async function heldRevisions(
  manager: EntityManager,
  arrivals: readonly ArrivingDocument[]
): Promise<HeldRevision[]> {
  const asked = arrivals.map(({ key, incarnation, revision, document: { connection_id, envelope } }) => {
    const { type, id } = envelope
    return { key, connection_id, type, id, incarnation, revision }
  })
  return await manager.execute<HeldRevision[]>(
    `with asked as materialized (
       select * from json_to_recordset(?::json)
         as asked (key text, connection_id text, type text, id text, incarnation int, revision int)
     )
     select asked.key, same.id, same.incarnation, same.revision, same.content_hash, same.status
     from asked join wholesale_inbox_document as same
       on same.connection_id = asked.connection_id and same.document_type = asked.type
      and same.document_id = asked.id and same.incarnation = asked.incarnation
      and same.revision = asked.revision and same.deleted_at is null
     union
     select documents.key, newest.* from (
       select distinct key, connection_id, type, id from asked
     ) as documents cross join lateral (
       select held.id, held.incarnation, held.revision, held.content_hash, held.status
       from wholesale_inbox_document as held
       where held.connection_id = documents.connection_id and held.document_type = documents.type
         and held.document_id = documents.id and held.deleted_at is null
       order by held.incarnation desc, held.revision desc limit 1
     ) as newest`,
    [JSON.stringify(asked)]
  )
}

async function insertFresh(
  manager: EntityManager,
  rows: Reception<ArrivingDocument>["fresh"]
): Promise<void> {
  if (rows.length === 0) {
    return
  }
  const records = rows.map(({ id, arrival: { document, content_hash }, status, error, conflict }) => ({
    id,
    store_id: document.store_id,
    connection_id: document.connection_id,
    sender_id: document.sender_id,
    document_type: document.envelope.type,
    document_id: document.envelope.id,
    revision: document.envelope.revision,
    incarnation: document.envelope.incarnation,
    issued_at: document.envelope.issued_at,
    content_hash,
    body: document.envelope.body,
    signature: document.signature ?? null,
    status,
    error,
    conflict,
  }))
  const columns = Object.keys(records[0]).join(", ")
  await executeBound(
    manager,
    `insert into wholesale_inbox_document (${columns}, next_attempt_at, created_at)
     select ${columns}, case when status = 'received' then clock_timestamp() end, clock_timestamp()
     from json_populate_recordset(null::wholesale_inbox_document, ?::json)`,
    JSON.stringify(records)
  )
}

/** The row keeps its content and when it was applied; the other content is kept beside it, the first such. */
async function markDesync(
  manager: EntityManager,
  { id, error, conflict }: { id: string; error: string | null; conflict: InboxConflict | null }
): Promise<void> {
  await manager.execute(
    `update wholesale_inbox_document
     set status = 'desync', error = ?, conflict = coalesce(conflict, ?::jsonb), next_attempt_at = null,
         updated_at = now()
     where id = ?`,
    [error, JSON.stringify(conflict), id]
  )
}

/** Lets all rows of these documents rest that still wait, before the newer ones are inserted. */
async function ignoreSuperseded(manager: EntityManager, newer: readonly ArrivingDocument[]): Promise<void> {
  if (newer.length === 0) {
    return
  }
  const documents = newer.map(({ document: { connection_id, envelope } }) => ({
    connection_id,
    document_type: envelope.type,
    document_id: envelope.id,
  }))
  await manager.execute(
    `update wholesale_inbox_document as held
     set status = 'ignored', error = ?, next_attempt_at = null, updated_at = now()
     from json_to_recordset(?::json)
       as newer (connection_id text, document_type text, document_id text)
     where held.connection_id = newer.connection_id and held.document_type = newer.document_type
       and held.document_id = newer.document_id and held.deleted_at is null
       and held.status in (select json_array_elements_text(?::json))`,
    [SUPERSEDED, JSON.stringify(documents), JSON.stringify(WAITING)]
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
