import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { OfStore } from "../invoices/invoices"

/** How long whoever takes an attempt has to send it, in seconds. */
const LEASE_SECONDS = 60
const LONGEST_WAIT_SECONDS = 24 * 60 * 60

/** An account that is still to be reminded. */
export interface DueReminder extends OfStore {
  readonly account_id: string
  readonly invoice_id: string
  readonly level: number
  readonly days_late: number
  /** The number of this attempt, from 1; no other attempt has it. */
  readonly notice_attempts: number
}

/**
 * Takes reminders that are due, each for one process at a time. One that is not settled is due again
 * after a minute, then after two, four, … up to a day.
 *
 * @param before also those that a process took before that time and may still hold
 */
export async function takeReminders(
  manager: EntityManager,
  { limit = 100, before }: { readonly limit?: number; readonly before?: Date }
): Promise<DueReminder[]> {
  return await manager.execute<DueReminder[]>(
    `update wholesale_dunning_notice
        set notice_attempts = notice_attempts + 1,
            notice_due_at = now() + make_interval(
              secs => least(${LEASE_SECONDS} * power(2, least(notice_attempts, 20)), ${LONGEST_WAIT_SECONDS})),
            updated_at = now()
      where id in (
        select id from wholesale_dunning_notice
         where deleted_at is null
           and notice_due_at <= greatest(now(), ?::timestamptz + make_interval(secs => ?))
         order by notice_due_at limit ? for update skip locked)
  returning id, store_id, account_id, invoice_id, level, days_late, notice_attempts`,
    [before?.toISOString() ?? null, LEASE_SECONDS, limit]
  )
}

/** The account was reminded, or needs no reminder any more. */
export async function settleReminder(manager: EntityManager, { id, store_id }: OfStore): Promise<void> {
  await manager.execute(
    `update wholesale_dunning_notice set notice_due_at = null, updated_at = now()
      where id = ? and store_id = ? and notice_due_at is not null`,
    [id, store_id]
  )
}
