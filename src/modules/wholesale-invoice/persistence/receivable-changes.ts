import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { logChanges, type LoggedChange } from "../../../lib/audit/change-log"
import type { SettingChange } from "../../../lib/audit/setting-changes"
import type { Page } from "./paging"
import { listPage } from "./paging"

const LOG = { table: "wholesale_receivable_change", prefix: "whrecchg" }

/** One audited change; values as text, null for "not set". A level of dunning is its JSON. */
export interface ReceivableChange extends LoggedChange {
  /** Null: of the store. */
  readonly account_id: string | null
  readonly reason: string | null
}

export interface ChangedReceivables {
  readonly store_id: string
  readonly account_id: string | null
  readonly reason?: string | undefined
  readonly actor: Actor
}

/** Keeps what really changed; the same value again is no change. */
export async function writeReceivableChanges(
  manager: EntityManager,
  { reason, ...about }: ChangedReceivables,
  values: readonly SettingChange[]
): Promise<void> {
  await logChanges(
    manager,
    LOG,
    { ...about, reason: reason ?? null },
    values.filter(({ from, to }) => from !== to)
  )
}

/** A page of the audit, by default the latest first: of the store's settings and levels, or of one account's. */
export async function listReceivableChanges(
  manager: EntityManager,
  { store_id, account_id }: Pick<ChangedReceivables, "store_id" | "account_id">,
  page: Page = {}
): Promise<{ changes: ReceivableChange[]; count: number }> {
  const { rows, count } = await listPage<ChangeRow>(
    manager,
    {
      columns: "id, account_id, field, from_value, to_value, reason, actor_type, actor_id, changed_at",
      tables: "wholesale_receivable_change change",
      alias: "change",
      orderable: ["created_at", "changed_at"],
    },
    [
      ["store_id = ?", store_id],
      account_id === null ? ["account_id is null"] : ["account_id = ?", account_id],
    ],
    page
  )
  return {
    changes: rows.map(({ from_value, to_value, changed_at, ...row }) => ({
      ...row,
      from: from_value,
      to: to_value,
      changed_at: new Date(changed_at),
    })),
    count,
  }
}

type ChangeRow = Omit<ReceivableChange, "from" | "to" | "changed_at"> & {
  readonly from_value: string | null
  readonly to_value: string | null
  readonly changed_at: Date | string
}
