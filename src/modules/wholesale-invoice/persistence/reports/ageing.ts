import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { addDays, calendarDay, startOfDay } from "../../../../lib/calendar/days"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount } from "../../../../lib/money/amount"

export interface AgeingInput {
  readonly store_id: string
  /** As it was at the end of this day (UTC); today where it is not given. */
  readonly as_of?: Date
  /** Of these alone; of all accounts where it is not given. */
  readonly account_ids?: readonly string[]
  /** For the buyer, who is not told of bad debts. */
  readonly for_buyer?: boolean
}

/** Open receivables by how many days they are late. */
export interface AgeingBuckets {
  readonly current: Amount
  readonly days_1_30: Amount
  readonly days_31_60: Amount
  readonly days_61_90: Amount
  readonly days_91_120: Amount
  readonly over_120: Amount
}

/** One account in one currency. */
export interface AccountAgeing extends AgeingBuckets {
  readonly account_id: string
  readonly currency_code: string
  /** Sum of the buckets. */
  readonly outstanding: Amount
  /** Credit on account that lies on no invoice. */
  readonly unapplied: Amount
  /** Outstanding less unapplied: what the ledger says of what was invoiced. */
  readonly balance: Amount
}

export interface Ageing {
  /** `2017-04-04` */
  readonly as_of: string
  readonly accounts: AccountAgeing[]
}

const BUCKETS = {
  current: "days_late <= 0",
  days_1_30: "days_late between 1 and 30",
  days_31_60: "days_late between 31 and 60",
  days_61_90: "days_late between 61 and 90",
  days_91_120: "days_late between 91 and 120",
  over_120: "days_late > 120",
} as const satisfies Record<keyof AgeingBuckets, string>

/**
 * What each account owed at the end of a day and how late it was, from what had happened until then: what
 * was received, credited, taken back or voided later does not count. An invoice's days begin after the
 * day on which it was due, a late charge's after the day on which it was made. Accounts with nothing open
 * and nothing unapplied are left out.
 *
 * A scan each of the store's allocations and payments, and what is open of its invoices, whatever the number of
 * accounts; of some accounts their own rows.
 */
export async function ageing(
  manager: EntityManager,
  { store_id, as_of = new Date(), account_ids, for_buyer = false }: AgeingInput
): Promise<Ageing> {
  const day = calendarDay(as_of)
  const end = addDays(startOfDay(as_of), 1).toISOString()
  const rows = await manager.execute<AccountAgeing[]>(account_ids ? AGEING.ofAccounts : AGEING.ofStore, [
    JSON.stringify([{ store_id, account_ids: account_ids ?? [], for_buyer, day, until: end }]),
  ])
  return {
    as_of: day,
    accounts: rows.map(toAccountAgeing),
  }
}

function toAccountAgeing({ account_id, currency_code, ...row }: AccountAgeing): AccountAgeing {
  const amount = (value: Amount) => roundAmount(value, currency_code)
  return {
    account_id,
    currency_code,
    current: amount(row.current),
    days_1_30: amount(row.days_1_30),
    days_31_60: amount(row.days_31_60),
    days_61_90: amount(row.days_61_90),
    days_91_120: amount(row.days_91_120),
    over_120: amount(row.over_120),
    outstanding: amount(row.outstanding),
    unapplied: amount(row.unapplied),
    balance: amount(row.balance),
  }
}

/**
 * `live`: allocations that held at the end of the day. `candidate`: invoices of which anything can have been open: what
 * is settled now, by what is told, and nothing touched later was settled then, too: the many that are paid are not read.
 */
const sqlOf = (whose: "all" | "some") => {
  const mine = (table: string) => (whose === "some" ? `and ${table}.account_id = any(asked.account_ids)` : "")
  return `
  with asked as (
    select store_id, account_ids, for_buyer, day, until
      from json_to_recordset(?::json)
        as asked(store_id text, account_ids text[], for_buyer boolean, day date, until timestamptz)
     limit 1),
  allocation as (
    select kind, payment_id, credit_note_id, invoice_id, late_charge_id, amount,
           applied_on < until and (reversed_on is null or reversed_on >= until) as is_live,
           applied_on >= until or coalesce(reversed_on >= until, false) as is_of_later,
           for_buyer and kind = 'write_off' and payment_id is null and credit_note_id is null as is_not_told
      from wholesale_payment_allocation made join asked using (store_id)
     where deleted_at is null ${mine("made")}),
  live as (select * from allocation where is_live and not is_not_told),
  candidate as (
    select invoice.id from wholesale_invoice invoice join asked using (store_id)
     where status in ('issued', 'partially_paid') and deleted_at is null ${mine("invoice")}
    union
    select invoice.id from wholesale_invoice invoice join asked using (store_id)
     where voided_at >= until and deleted_at is null ${mine("invoice")}
    union
    select invoice_id from allocation where (is_of_later or is_not_told) and late_charge_id is null),
  receivable as (
    select invoice.account_id, invoice.currency_code, day - (due_at at time zone 'UTC')::date as days_late,
           total - coalesce(settled, 0) as open
      from candidate join wholesale_invoice invoice using (id) join asked using (store_id)
      left join (select invoice_id, sum(amount) as settled from live join candidate on candidate.id = invoice_id
                  where late_charge_id is null group by invoice_id) paid on paid.invoice_id = invoice.id
     where issued_at < until and (voided_at is null or voided_at >= until) and deleted_at is null
    union all
    select charge.account_id, charge.currency_code, day - (charged_at at time zone 'UTC')::date,
           amount - coalesce(settled, 0)
      from wholesale_late_charge charge join asked using (store_id)
      left join (select late_charge_id, sum(amount) as settled from live
                  where late_charge_id is not null group by late_charge_id) paid on paid.late_charge_id = charge.id
     where charged_at < until and (voided_at is null or voided_at >= until) and deleted_at is null ${mine("charge")}),
  credit as (
    select payment.account_id, currency_code, amount
      from wholesale_payment payment join asked using (store_id)
     where received_at < until and (voided_at is null or voided_at >= until) and deleted_at is null ${mine("payment")}
    union all
    select note.account_id, currency_code, total from wholesale_credit_note note join asked using (store_id)
     where issued_at < until and deleted_at is null ${mine("note")}
    union all
    select refund.account_id, currency_code, -amount from wholesale_refund refund join asked using (store_id)
     where refunded_at < until and deleted_at is null ${mine("refund")}
    union all
    select payment.account_id, payment.currency_code, -live.amount
      from live join wholesale_payment payment on payment.id = live.payment_id
     where live.kind in ('payment', 'credit_note')
    union all
    select note.account_id, note.currency_code, -live.amount
      from live join wholesale_credit_note note on note.id = live.credit_note_id
     where live.kind in ('payment', 'credit_note')),
  figure as (
    select account_id, currency_code, days_late, open, 0 as unapplied from receivable where open <> 0
    union all
    select account_id, currency_code, null, 0, amount from credit)
  select account_id, currency_code,
         ${Object.entries(BUCKETS)
           .map(([bucket, late]) => `coalesce(sum(open) filter (where ${late}), 0) as ${bucket}`)
           .join(", ")},
         sum(open) as outstanding, sum(unapplied) as unapplied, sum(open) - sum(unapplied) as balance
    from figure group by account_id, currency_code
  having bool_or(open <> 0) or sum(unapplied) <> 0
   order by account_id, currency_code`
}

const AGEING = { ofStore: sqlOf("all"), ofAccounts: sqlOf("some") }
