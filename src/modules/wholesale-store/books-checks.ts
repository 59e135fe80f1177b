import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { calendarDay } from "../../lib/calendar/days"
import { insertRecordsSql } from "../../lib/sql/insert-records"
import type { KeyPage } from "../../lib/sql/key-page"

/** Where two books disagree: whose row it is, and both figures of each pair. */
export interface FoundDifference {
  readonly kind: string
}

export interface BooksCheck {
  readonly store_id: string
  readonly day: string
  readonly checked_at: Date
  readonly difference_count: number
  readonly differences: readonly FoundDifference[]
}

export interface NewBooksCheck {
  readonly store_id: string
  readonly checked_at: Date
  readonly differences: readonly FoundDifference[]
}

/** How many differences are kept of a day; all are counted. */
const KEPT = 100

/** Stores whose books nobody has compared since. */
export async function storesToCheck(
  manager: EntityManager,
  { since, limit, after = "" }: KeyPage & { readonly since: Date }
): Promise<{ id: string }[]> {
  return await manager.execute<{ id: string }[]>(
    `select store.id from wholesale_store store
      where store.deleted_at is null and store.id > ?
        and not exists (select 1 from wholesale_books_check checked
                         where checked.store_id = store.id and checked.checked_at >= ? and checked.deleted_at is null)
      order by store.id limit ?`,
    [after, since, limit]
  )
}

/**
 * Begins the night's comparison of a store for one caller alone, in any number of processes; another may begin it an
 * hour later where it was not brought to an end.
 */
export async function claimBooksCheck(
  manager: EntityManager,
  { store_id, since, now }: { readonly store_id: string; readonly since: Date; readonly now: Date }
): Promise<boolean> {
  const row = {
    id: generateEntityId(undefined, "whbook"),
    store_id,
    day: calendarDay(now),
    started_at: now,
    difference_count: 0,
    differences: [],
  }
  const claimed = await manager.execute<{ id: string }[]>(
    `${insertRecordsSql("wholesale_books_check", Object.keys(row))}
     on conflict (store_id, day) where deleted_at is null do update
       set started_at = excluded.started_at, updated_at = now()
     where (wholesale_books_check.checked_at is null or wholesale_books_check.checked_at < ?)
       and wholesale_books_check.started_at <= excluded.started_at - interval '1 hour'
     returning id`,
    [JSON.stringify([row]), since]
  )
  return claimed.length > 0
}

/** Takes the place of an earlier one of the day. */
export async function recordBooksCheck(
  manager: EntityManager,
  { store_id, checked_at, differences }: NewBooksCheck
): Promise<void> {
  const row = {
    id: generateEntityId(undefined, "whbook"),
    store_id,
    day: calendarDay(checked_at),
    started_at: checked_at,
    checked_at,
    difference_count: differences.length,
    differences: differences.slice(0, KEPT),
  }
  await manager.execute(
    `${insertRecordsSql("wholesale_books_check", Object.keys(row))}
     on conflict (store_id, day) where deleted_at is null do update
       set checked_at = excluded.checked_at, difference_count = excluded.difference_count,
           differences = excluded.differences, updated_at = now()
     where coalesce(wholesale_books_check.checked_at, excluded.checked_at) <= excluded.checked_at`,
    [JSON.stringify([row])]
  )
}

export async function latestBooksCheck(manager: EntityManager, store_id: string): Promise<BooksCheck | undefined> {
  const [latest] = await manager.execute<BooksCheck[]>(
    `select store_id, day, checked_at, difference_count, differences from wholesale_books_check
      where store_id = ? and checked_at is not null and deleted_at is null order by checked_at desc limit 1`,
    [store_id]
  )
  return latest
}
