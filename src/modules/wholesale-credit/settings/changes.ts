import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import type { SettingChange } from "../domain/credit-settings"

/** One audited change of a setting; values as text, null for "not set". */
export interface CreditChange extends SettingChange {
  readonly id: string
  readonly credit_account_id: string | null
  readonly group_id: string | null
  readonly reason: string | null
  readonly actor_type: string
  readonly actor_id: string
  readonly changed_at: Date
}

/** What was changed: an account's credit or a group. */
export type ChangedSubject =
  | { readonly credit_account_id: string }
  | { readonly group_id: string }

export async function writeChanges(
  manager: EntityManager,
  { store_id, reason, actor, ...subject }: ChangedSubject & {
    readonly store_id: string
    readonly reason?: string
    readonly actor: Actor
  },
  changes: readonly SettingChange[]
): Promise<void> {
  await manager.execute(
    insertRecordsSql("wholesale_credit_change", [
      "id", "store_id", "credit_account_id", "group_id", "field", "from_value", "to_value", "reason",
      "actor_type", "actor_id", "changed_at",
    ]),
    [
      JSON.stringify(
        changes.map(({ field, from, to }) => ({
          id: generateEntityId(undefined, "whcredchg"),
          store_id,
          ...subject,
          field,
          from_value: from,
          to_value: to,
          reason: reason ?? null,
          ...actor,
          changed_at: new Date().toISOString(),
        }))
      ),
    ]
  )
}

export interface OffsetPage {
  readonly limit?: number
  readonly offset?: number
}

/** The audit of an account's credit or of a group, newest change first; all of it where no page is asked for. */
export async function readChanges(
  manager: EntityManager,
  subject: ChangedSubject,
  { limit, offset = 0 }: OffsetPage = {}
): Promise<CreditChange[]> {
  const [[column, id]] = Object.entries(subject)
  const rows = await manager.execute<ChangeRow[]>(
    `select id, credit_account_id, group_id, field, from_value, to_value, reason, actor_type, actor_id, changed_at
       from wholesale_credit_change
      where "${column}" = ? and deleted_at is null
      order by changed_at desc, id desc ${limit === undefined ? "" : "limit ? offset ?"}`,
    [id, ...(limit === undefined ? [] : [limit, offset])]
  )
  return rows.map(({ from_value, to_value, changed_at, ...row }) => ({
    ...row,
    from: from_value,
    to: to_value,
    changed_at: new Date(changed_at),
  }))
}

export async function countChanges(manager: EntityManager, subject: ChangedSubject): Promise<number> {
  const [[column, id]] = Object.entries(subject)
  const [{ count }] = await manager.execute<[{ count: number }]>(
    `select count(*)::int as count from wholesale_credit_change where "${column}" = ? and deleted_at is null`,
    [id]
  )
  return count
}

type ChangeRow = Omit<CreditChange, "from" | "to" | "changed_at"> & {
  readonly from_value: string | null
  readonly to_value: string | null
  readonly changed_at: Date | string
}
