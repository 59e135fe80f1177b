import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { addDays, calendarDay, startOfDay } from "../../../../lib/calendar/days"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount, sumAmounts } from "../../../../lib/money/amount"
import { factParams, IS_BAD_DEBT_FACT, RECEIVABLE_FACTS } from "./receivable-facts"

export interface StatementInput {
  readonly store_id: string
  readonly account_id: string
  readonly currency_code: string
  /** The first and the last day (UTC). */
  readonly from: Date
  readonly to: Date
  /** For the buyer, who is not told of bad debts. */
  readonly for_buyer?: boolean
}

export type StatementKind =
  | "invoice"
  | "invoice_void"
  | "credit_note"
  | "payment"
  | "payment_void"
  | "refund"
  | "late_charge"
  | "late_charge_void"
  | "discount"
  | "discount_void"
  | "write_off"
  | "write_off_void"

export interface StatementLine {
  readonly kind: StatementKind
  /** Of the document; of the allocation where it is a discount or a write-off. */
  readonly id: string
  /** The document's number or reference; the invoice's of what belongs to an invoice. */
  readonly label: string
  readonly at: Date
  /** Raises what the account owes, or lessens it. */
  readonly amount: Amount
  readonly balance: Amount
}

export interface Statement {
  readonly account_id: string
  readonly currency_code: string
  /** `2026-01-01` */
  readonly from: string
  readonly to: string
  readonly opening: Amount
  readonly lines: StatementLine[]
  readonly closing: Amount
}

/**
 * The account's receivables in one currency over a period, by the dates of the documents. The closing
 * balance of a period that ends today is the ledger's, less what is approved and not invoiced yet.
 */
export async function statement(
  manager: EntityManager,
  { store_id, account_id, currency_code: currency, from, to, for_buyer = false }: StatementInput
): Promise<Statement> {
  const currency_code = currency.toLowerCase()
  const [start, end] = [startOfDay(from), addDays(startOfDay(to), 1)]
  const facts = `select * from (${RECEIVABLE_FACTS}) fact where account_id = ? and currency_code = ?
    ${for_buyer ? `and not (${IS_BAD_DEBT_FACT})` : ""}`
  const params = [...factParams(store_id), account_id, currency_code]
  const [{ sum }] = await manager.execute<[{ sum: string }]>(
    `select coalesce(sum(amount), 0) as sum from (${facts}) fact where at < ?::timestamptz`,
    [...params, start.toISOString()]
  )
  const rows = await manager.execute<FactRow[]>(
    `select * from (${facts}) fact where at >= ?::timestamptz and at < ?::timestamptz
      order by at, kind, id`,
    [...params, start.toISOString(), end.toISOString()]
  )
  const opening = roundAmount(sum, currency_code)
  let balance = opening
  const lines = rows.map(({ kind, id, label, at, amount }) => {
    balance = sumAmounts([balance, amount], currency_code)
    return { kind, id, label, at: new Date(at), amount: roundAmount(amount, currency_code), balance }
  })
  return {
    account_id,
    currency_code,
    from: calendarDay(from),
    to: calendarDay(to),
    opening,
    lines,
    closing: balance,
  }
}

interface FactRow {
  readonly kind: StatementKind
  readonly id: string
  readonly label: string
  readonly at: Date | string
  readonly amount: string
}
