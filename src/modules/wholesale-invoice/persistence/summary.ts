import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { startOfDay } from "../../../lib/calendar/days"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"
import { OUTSTANDING } from "./rows"

export interface InvoiceSummary {
  readonly invoices_open: number
  readonly invoices_overdue: number
  /** One row a currency in which something is outstanding. */
  readonly outstanding: { readonly currency_code: string; readonly amount: Amount }[]
  readonly bills_open: number
}

/** The figures of a store's home page. Reads the open invoices only, whatever the number of all. */
export async function summarise(
  manager: EntityManager,
  { store_id, now = new Date() }: { readonly store_id: string; readonly now?: Date }
): Promise<InvoiceSummary> {
  const rows = await manager.execute<OpenRow[]>(
    `select currency_code, count(*)::int as open,
            (count(*) filter (where due_at < ?::timestamptz))::int as overdue,
            sum(${OUTSTANDING}) as outstanding
       from wholesale_invoice invoice
      where store_id = ? and status in ('issued', 'partially_paid') and deleted_at is null
      group by currency_code order by currency_code`,
    [startOfDay(now).toISOString(), store_id]
  )
  const [bills] = await manager.execute<[{ open: number }]>(
    `select count(*)::int as open from wholesale_bill
      where store_id = ? and status in ('issued', 'partially_paid') and deleted_at is null`,
    [store_id]
  )
  return {
    invoices_open: rows.reduce((sum, row) => sum + row.open, 0),
    invoices_overdue: rows.reduce((sum, row) => sum + row.overdue, 0),
    outstanding: rows.map(({ currency_code, outstanding }) => ({
      currency_code,
      amount: roundAmount(outstanding, currency_code),
    })),
    bills_open: bills.open,
  }
}

interface OpenRow {
  readonly currency_code: string
  readonly open: number
  readonly overdue: number
  readonly outstanding: string
}
