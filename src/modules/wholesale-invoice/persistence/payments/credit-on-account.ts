import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../../lib/money/amount"
import { roundAmount } from "../../../../lib/money/amount"
import type { Page } from "../paging"
import type { SourceRef } from "./credit-source"

export interface CreditOnAccountFilters {
  readonly store_id: string
  readonly account_id: string
}

/** A payment or credit note of which something lies on no invoice and was not paid back. */
export interface CreditOnAccount extends SourceRef {
  readonly currency_code: string
  /** A payment's reference; a credit note's number. */
  readonly label: string | null
  readonly dated_at: Date
  readonly amount: Amount
  readonly unapplied: Amount
}

export interface CreditOnAccountPage {
  readonly credits: CreditOnAccount[]
  readonly count: number
  /** What there is in all, in each currency. */
  readonly totals: { readonly currency_code: string; readonly unapplied: Amount }[]
}

const USED = (column: string) => `coalesce((select sum(used.amount) from wholesale_payment_allocation used
      where used.${column} = source.id and used.kind in ('payment', 'credit_note')
        and used.reversed_on is null and used.deleted_at is null), 0)
    + coalesce((select sum(refund.amount) from wholesale_refund refund
      where refund.${column} = source.id and refund.deleted_at is null), 0)`

const CREDITS = `select * from (
  select 'payment' as type, id, currency_code, reference as label, received_at as dated_at, amount,
         amount - (${USED("payment_id")}) as unapplied
    from wholesale_payment source
   where account_id = ? and store_id = ? and status = 'received' and deleted_at is null
   union all
  select 'credit_note', id, currency_code, number, issued_at, total, total - (${USED("credit_note_id")})
    from wholesale_credit_note source
   where account_id = ? and store_id = ? and deleted_at is null) credit
  where unapplied > 0`

/** What an account has to its credit, the oldest first. */
export async function creditOnAccount(
  manager: EntityManager,
  { store_id, account_id }: CreditOnAccountFilters,
  { limit = 50, offset = 0 }: Pick<Page, "limit" | "offset"> = {}
): Promise<CreditOnAccountPage> {
  const of = [account_id, store_id, account_id, store_id]
  const rows = await manager.execute<CreditRow[]>(
    `${CREDITS} order by dated_at, id limit ? offset ?`,
    [...of, limit, offset]
  )
  const sums = await manager.execute<{ currency_code: string; unapplied: string; count: number }[]>(
    `select currency_code, sum(unapplied) as unapplied, count(*)::int as count
       from (${CREDITS}) credit group by currency_code order by currency_code`,
    of
  )
  return {
    credits: rows.map((row) => ({
      ...row,
      dated_at: new Date(row.dated_at),
      amount: roundAmount(row.amount, row.currency_code),
      unapplied: roundAmount(row.unapplied, row.currency_code),
    })),
    count: sums.reduce((count, sum) => count + sum.count, 0),
    totals: sums.map(({ currency_code, unapplied }) => ({
      currency_code,
      unapplied: roundAmount(unapplied, currency_code),
    })),
  }
}

type CreditRow = Omit<CreditOnAccount, "dated_at"> & { readonly dated_at: Date | string }
