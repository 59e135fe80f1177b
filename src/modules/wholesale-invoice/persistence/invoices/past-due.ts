import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { calendarDay, daysBetween, startOfDay } from "../../../../lib/calendar/days"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount } from "../../../../lib/money/amount"
import { OUTSTANDING } from "../rows"

export interface PastDueInput {
  readonly store_id: string
  /** `days` late is still in time. */
  readonly accounts: readonly { readonly account_id: string; readonly days: number }[]
  readonly now?: Date
}

/** What an account owes that is late by more than its days. */
export interface AccountPastDue {
  readonly account_id: string
  readonly amount: Amount
  /** The day the oldest of it was due, `2026-01-31`. */
  readonly oldest_due_on: string
  readonly days_late: number
}

/** One row an account on which something is past due; of days in UTC. Reads open invoices only. */
export async function pastDue(
  manager: EntityManager,
  { store_id, accounts, now = new Date() }: PastDueInput
): Promise<AccountPastDue[]> {
  if (accounts.length === 0) {
    return []
  }
  const rows = await manager.execute<PastDueRow[]>(
    `select invoice.account_id, min(invoice.currency_code) as currency_code,
            sum(${OUTSTANDING}) as amount,
            min(invoice.due_at) as oldest_due_at
       from wholesale_invoice invoice
       join json_to_recordset(?::json) as asked(account_id text, days int) on asked.account_id = invoice.account_id
      where invoice.store_id = ? and invoice.status in ('issued', 'partially_paid') and invoice.deleted_at is null
        and invoice.due_at < ?::timestamptz - make_interval(days => asked.days)
      group by invoice.account_id`,
    [JSON.stringify(accounts), store_id, startOfDay(now).toISOString()]
  )
  return rows.map(({ account_id, currency_code, amount, oldest_due_at }) => ({
    account_id,
    amount: roundAmount(amount, currency_code),
    oldest_due_on: calendarDay(new Date(oldest_due_at)),
    days_late: daysBetween(new Date(oldest_due_at), now),
  }))
}

interface PastDueRow {
  readonly account_id: string
  readonly currency_code: string
  readonly amount: string
  readonly oldest_due_at: Date | string
}
