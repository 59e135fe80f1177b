import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import { eventNotAllowed } from "../../../lib/state-machine/state-machine"
import { backOffSeconds } from "../domain/back-off"
import type { InboxStatus } from "../domain/inbox"

const LONGEST_ERROR = 2_000

/** What a person may do about a document that was not applied. */
const PERSONS_EVENTS: Readonly<Partial<Record<InboxStatus, readonly string[]>>> = {
  failed: ["retry", "dismiss"],
  unsupported: ["retry", "dismiss"],
  desync: ["dismiss"],
}

/**
 * A worker may end after others made something else of the row: one superseded meanwhile was applied
 * all the same, one in desync stays so.
 */
export async function markApplied(manager: EntityManager, id: string): Promise<void> {
  await manager.execute(
    `update wholesale_inbox_document
     set status = case when status = 'desync' then status else 'applied' end,
         error = case when status = 'desync' then error end,
         applied_at = coalesce(applied_at, now()), next_attempt_at = null, updated_at = now()
     where id = ? and status <> 'applied'`,
    [id]
  )
}

/** Only what is being worked on can end like this; rows that have ended stay as they are. */
export async function markUnsupported(
  manager: EntityManager,
  { id, reason }: { id: string; reason: string }
): Promise<void> {
  await manager.execute(
    `update wholesale_inbox_document
     set status = 'unsupported', error = ?, next_attempt_at = null, updated_at = now()
     where id = ? and status in ('received', 'failed')`,
    [reason.slice(0, LONGEST_ERROR), id]
  )
}

/** Of one connection; a document that a worker has just now may still be applied. */
export async function ignoreWaiting(
  manager: EntityManager,
  { store_id, connection_id, reason }: { store_id: string; connection_id: string; reason: string }
): Promise<void> {
  await manager.execute(
    `update wholesale_inbox_document
     set status = 'ignored', error = ?, next_attempt_at = null, updated_at = now()
     where store_id = ? and connection_id = ? and status in ('received', 'failed')`,
    [reason, store_id, connection_id]
  )
}

export async function markFailed(
  manager: EntityManager,
  { id, error, final }: { id: string; error: string; final: boolean }
): Promise<void> {
  const [row] = await manager.execute<{ attempts: number }[]>(
    `select attempts from wholesale_inbox_document
     where id = ? and status in ('received', 'failed') for update`,
    [id]
  )
  if (row) {
    await manager.execute(
      `update wholesale_inbox_document
       set status = 'failed', error = ?, updated_at = now(),
           next_attempt_at = clock_timestamp() + make_interval(secs => ?)
       where id = ?`,
      [error.slice(0, LONGEST_ERROR), final ? null : backOffSeconds(row.attempts), id]
    )
  }
}

/** Puts a taken document back as if it had not been taken, for some time. */
export async function postpone(
  manager: EntityManager,
  { id, reason, seconds }: { id: string; reason: string; seconds: number }
): Promise<void> {
  await manager.execute(
    `update wholesale_inbox_document
     set attempts = greatest(attempts - 1, 0), error = ?, updated_at = now(),
         next_attempt_at = clock_timestamp() + make_interval(secs => ?)
     where id = ? and status in ('received', 'failed')`,
    [reason.slice(0, LONGEST_ERROR), seconds, id]
  )
}

/** Only a document that was postponed has an error before it failed. */
export async function wakePostponed(manager: EntityManager): Promise<void> {
  await manager.execute(
    `update wholesale_inbox_document set next_attempt_at = clock_timestamp(), updated_at = now()
     where id in (
       select id from wholesale_inbox_document
       where status = 'received' and error is not null and next_attempt_at > clock_timestamp()
         and deleted_at is null
       order by id for update skip locked
     )`
  )
}

export async function retry(
  manager: EntityManager,
  { id, store_id }: { id: string; store_id: string }
): Promise<void> {
  await assertAllowed(manager, { id, store_id }, "retry")
  await manager.execute(
    `update wholesale_inbox_document
     set status = 'received', attempts = 0, next_attempt_at = clock_timestamp(), updated_at = now()
     where id = ?`,
    [id]
  )
}

export async function dismiss(
  manager: EntityManager,
  { id, store_id }: { id: string; store_id: string }
): Promise<void> {
  await assertAllowed(manager, { id, store_id }, "dismiss")
  await manager.execute(
    `update wholesale_inbox_document
     set status = case when applied_at is null then 'ignored' else 'applied' end,
         next_attempt_at = null, updated_at = now()
     where id = ?`,
    [id]
  )
}

/** @returns how many there were */
export async function retryUnsupported(manager: EntityManager): Promise<number> {
  const rows = await manager.execute<{ id: string }[]>(
    `update wholesale_inbox_document
     set status = 'received', attempts = 0, next_attempt_at = clock_timestamp(), updated_at = now()
     where id in (
       select id from wholesale_inbox_document
       where status = 'unsupported' and deleted_at is null order by id for update skip locked
     ) returning id`
  )
  return rows.length
}

/** Locks the row, so that what was allowed is still allowed when it is done. */
async function assertAllowed(
  manager: EntityManager,
  { id, store_id }: { id: string; store_id: string },
  event: "retry" | "dismiss"
): Promise<void> {
  const [row] = await manager.execute<{ status: InboxStatus }[]>(
    `select status from wholesale_inbox_document
     where id = ? and store_id = ? and deleted_at is null for update`,
    [id, store_id]
  )
  if (!row) {
    throw notFound("inbox document", id)
  }
  const allowedEvents = PERSONS_EVENTS[row.status] ?? []
  if (!allowedEvents.includes(event)) {
    throw eventNotAllowed({
      document: "inbox document",
      id,
      status: row.status,
      event,
      allowedEvents,
    })
  }
}
