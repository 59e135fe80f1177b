import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { insertRecords } from "./invoices/invoices"
import type { Page } from "./paging"
import { listPage } from "./paging"

/** One audited change; values as text, null for "not set". A level of dunning is its JSON. */
export interface ReceivableChange extends ChangedValue {
  readonly id: string
  /** Null: of the store. */
  readonly account_id: string | null
  readonly reason: string | null
  readonly actor_type: string
  readonly actor_id: string
  readonly changed_at: Date
}

export interface ChangedValue {
  readonly field: string
  readonly from: string | null
  readonly to: string | null
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
  { store_id, account_id, reason, actor }: ChangedReceivables,
  values: readonly ChangedValue[]
): Promise<void> {
  const changed_at = new Date().toISOString()
  await insertRecords(
    manager,
    "wholesale_receivable_change",
    values
      .filter(({ from, to }) => from !== to)
      .map(({ field, from, to }) => ({
        id: generateEntityId(undefined, "whrecchg"),
        store_id,
        account_id,
        field,
        from_value: from,
        to_value: to,
        reason: reason ?? null,
        ...actor,
        changed_at,
      }))
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
