import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import { addDays, calendarDay, daysBetween, startOfDay } from "../../../../lib/calendar/days"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount } from "../../../../lib/money/amount"
import { factParams, RECEIVABLE_FACTS } from "./receivable-facts"

export interface DaysSalesOutstandingInput {
  readonly store_id: string
  /** The first and the last day of the period (UTC). */
  readonly from: Date
  readonly to: Date
}

/** One currency. */
export interface DaysSalesOutstanding {
  readonly currency_code: string
  readonly from: string
  readonly to: string
  /** Days of the period, the first and the last among them. */
  readonly days: number
  /** At the end of the period. */
  readonly receivables: Amount
  /** Invoiced in the period, less credit notes and invoices that were withdrawn. */
  readonly sales: Amount
  /** Receivables ÷ sales × days, to one digit; null where nothing was sold. */
  readonly days_sales_outstanding: string | null
}

/**
 * How many days' sales are not paid yet, by the ending balance: receivables at the end of the period ÷ net
 * credit sales of the period × its days.
 */
export async function daysSalesOutstanding(
  manager: EntityManager,
  { store_id, from, to }: DaysSalesOutstandingInput
): Promise<DaysSalesOutstanding[]> {
  const days = daysBetween(from, to) + 1
  const rows = await manager.execute<DsoRow[]>(
    `select currency_code, sum(amount) as receivables,
            coalesce(sum(amount) filter (
              where kind in ('invoice', 'invoice_void', 'credit_note') and at >= ?::timestamptz), 0) as sales
       from (${RECEIVABLE_FACTS}) fact
      where at < ?::timestamptz
      group by currency_code order by currency_code`,
    [startOfDay(from).toISOString(), ...factParams(store_id), addDays(startOfDay(to), 1).toISOString()]
  )
  return rows.map(({ currency_code, receivables, sales }) => ({
    currency_code,
    from: calendarDay(from),
    to: calendarDay(to),
    days,
    receivables: roundAmount(receivables, currency_code),
    sales: roundAmount(sales, currency_code),
    days_sales_outstanding: MathBN.gt(sales, 0)
      ? MathBN.div(MathBN.mult(receivables, days), sales).toFixed(1)
      : null,
  }))
}

interface DsoRow {
  readonly currency_code: string
  readonly receivables: string
  readonly sales: string
}
