import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { loggedChanges, logChanges, type LoggedChange } from "../../../lib/audit/change-log"
import type { SettingChange } from "../../../lib/audit/setting-changes"

const LOG = { table: "wholesale_credit_change", prefix: "whcredchg" }

/** One audited change of a setting; values as text, null for "not set". */
export interface CreditChange extends LoggedChange {
  readonly credit_account_id: string | null
  readonly group_id: string | null
  readonly reason: string | null
}

/** What was changed: an account's credit or a group. */
export type ChangedSubject =
  | { readonly credit_account_id: string }
  | { readonly group_id: string }

export async function writeChanges(
  manager: EntityManager,
  { reason, ...about }: ChangedSubject & {
    readonly store_id: string
    readonly reason?: string
    readonly actor: Actor
  },
  changes: readonly SettingChange[]
): Promise<void> {
  await logChanges(manager, LOG, { ...about, reason: reason ?? null }, changes)
}

export interface OffsetPage {
  readonly limit?: number
  readonly offset?: number
}

/** The audit of an account's credit or of a group, newest change first; all of it where no page is asked for. */
export async function readChanges(
  manager: EntityManager,
  subject: ChangedSubject,
  page: OffsetPage = {}
): Promise<CreditChange[]> {
  return await loggedChanges(manager, LOG, subject, ["credit_account_id", "group_id", "reason"], page)
}

export async function countChanges(manager: EntityManager, subject: ChangedSubject): Promise<number> {
  const [[column, id]] = Object.entries(subject)
  const [{ count }] = await manager.execute<[{ count: number }]>(
    `select count(*)::int as count from wholesale_credit_change where "${column}" = ? and deleted_at is null`,
    [id]
  )
  return count
}
