import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../actor/actor"
import { insertRecordsSql } from "../sql/insert-records"
import type { SettingChange } from "./setting-changes"

/** A table that keeps who changed which setting of what when, and the prefix of its ids. */
export interface ChangeLog {
  readonly table: string
  readonly prefix: string
}

/** An audited change; values as text, null for "not set". */
export interface LoggedChange extends SettingChange {
  readonly id: string
  readonly actor_type: string
  readonly actor_id: string
  readonly changed_at: Date
}

/** Writes a row for every change; `members` are the columns of this log beside those of all. */
export async function logChanges(
  manager: EntityManager,
  { table, prefix }: ChangeLog,
  { actor, ...members }: { readonly store_id: string; readonly actor: Actor; readonly [column: string]: unknown },
  changes: readonly SettingChange[]
): Promise<void> {
  if (changes.length === 0) {
    return
  }
  const changed_at = new Date().toISOString()
  const rows = changes.map(({ field, from, to }) => ({
    ...members,
    id: generateEntityId(undefined, prefix),
    field,
    from_value: from,
    to_value: to,
    actor_type: actor.actor_type,
    actor_id: actor.actor_id,
    changed_at,
  }))
  await manager.execute(insertRecordsSql(table, Object.keys(rows[0])), [JSON.stringify(rows)])
}

/**
 * The changes where all these columns have these values, newest first; with the columns of `also`. All of them
 * where no page is asked for.
 */
export async function loggedChanges<Also extends string = never>(
  manager: EntityManager,
  { table }: ChangeLog,
  where: Readonly<Record<string, string>>,
  also: readonly Also[] = [],
  { limit, offset = 0 }: { readonly limit?: number; readonly offset?: number } = {}
): Promise<(LoggedChange & Readonly<Record<Also, string | null>>)[]> {
  const columns = Object.keys(where)
  const rows = await manager.execute<(LoggedChange & Readonly<Record<Also, string | null>>)[]>(
    `select id, field, from_value as "from", to_value as "to", actor_type, actor_id, changed_at
        ${also.map((column) => `, "${column}"`).join("")}
      from "${table}"
      where ${columns.map((column) => `"${column}" = ?`).join(" and ")} and deleted_at is null
      order by changed_at desc, id desc ${limit === undefined ? "" : "limit ? offset ?"}`,
    [...columns.map((column) => where[column]), ...(limit === undefined ? [] : [limit, offset])]
  )
  return rows.map((row) => ({ ...row, changed_at: new Date(row.changed_at) }))
}
