import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { sumAmounts } from "../../../lib/money/amount"
import { readAccount } from "./accounts"
import type { AccountOfStore } from "./reads"
import type { CreditAccount, CreditEntry, CreditEntryRow } from "./rows"
import { toCreditEntry } from "./rows"

export interface StatementInput extends AccountOfStore {
  /** The period's first moment. */
  readonly from: Date
  /** The first moment after the period. */
  readonly to: Date
  readonly limit?: number
  /** The sequence of the last entry of the page before. */
  readonly after?: number
}

export interface LedgerTotals {
  readonly balance: Amount
  readonly reserved: Amount
}

/** An entry with the balance after it in the order of the statement, which is not that of booking. */
export interface StatementEntry extends CreditEntry {
  readonly balance: Amount
}

/** The ledger of an account over a period: opening + what the entries moved = closing. */
export interface CreditStatement {
  readonly account_id: string
  readonly currency_code: string
  readonly from: Date
  readonly to: Date
  readonly opening: LedgerTotals
  readonly moved: LedgerTotals
  readonly closing: LedgerTotals
  /** One page of them, by when they count from; those of one moment in the order of booking. */
  readonly entries: readonly StatementEntry[]
  readonly count: number
}

const PAGE_SIZE = 500

/**
 * A period's statement of the ledger, by when each entry counts from, whenever it was booked: it opens with
 * all that counts from before.
 *
 * @throws WholesaleError 404, also where no entry has the sequence `after`
 */
export async function statement(
  manager: EntityManager,
  { store_id, account_id, from, to, limit = PAGE_SIZE, after = 0 }: StatementInput
): Promise<CreditStatement> {
  const account = await readAccount(manager, store_id, account_id)
  const { currency_code } = account
  const [sums] = await manager.execute<[Record<keyof LedgerTotals | "opening_balance" | "opening_reserved", string> & { count: number }]>(
    `select coalesce(sum(balance_delta) filter (where effective_at < ?), 0) as opening_balance,
            coalesce(sum(reserved_delta) filter (where effective_at < ?), 0) as opening_reserved,
            coalesce(sum(balance_delta) filter (where effective_at >= ?), 0) as balance,
            coalesce(sum(reserved_delta) filter (where effective_at >= ?), 0) as reserved,
            (count(*) filter (where effective_at >= ?))::int as count
       from wholesale_credit_entry
      where credit_account_id = ? and effective_at < ? and deleted_at is null`,
    [from, from, from, from, from, account.id, to]
  )
  const total = (...parts: string[]) => sumAmounts(parts, currency_code)
  const page = await pageAfter(manager, account, { from, after })
  const rows = await manager.execute<CreditEntryRow[]>(
    `select * from wholesale_credit_entry
      where credit_account_id = ? and (effective_at, sequence) > (?::timestamptz, ?::int) and effective_at < ?
        and deleted_at is null
      order by effective_at, sequence limit ?`,
    [account.id, page.effective_at, after, to, limit]
  )
  let balance = after === 0 ? total(sums.opening_balance) : total(page.balance)
  return {
    account_id,
    currency_code,
    from,
    to,
    opening: { balance: total(sums.opening_balance), reserved: total(sums.opening_reserved) },
    moved: { balance: total(sums.balance), reserved: total(sums.reserved) },
    closing: {
      balance: total(sums.opening_balance, sums.balance),
      reserved: total(sums.opening_reserved, sums.reserved),
    },
    entries: rows.map((row) => {
      const entry = toCreditEntry(row, currency_code)
      balance = total(balance, entry.balance_delta)
      return { ...entry, balance }
    }),
    count: sums.count,
  }
}

interface PageStart {
  readonly effective_at: Date | string
  /** Of all that comes before the page. */
  readonly balance: string
}

/** Sequences begin at 1: the first page begins with whatever counts from the period's first moment on. */
async function pageAfter(
  manager: EntityManager,
  account: CreditAccount,
  { from, after }: { readonly from: Date; readonly after: number }
): Promise<PageStart> {
  if (after === 0) {
    return { effective_at: from, balance: "0" }
  }
  const [start] = await manager.execute<PageStart[]>(
    `select last.effective_at,
            (select sum(entry.balance_delta) from wholesale_credit_entry entry
              where entry.credit_account_id = last.credit_account_id and entry.deleted_at is null
                and (entry.effective_at, entry.sequence) <= (last.effective_at, last.sequence)) as balance
       from wholesale_credit_entry last
      where last.credit_account_id = ? and last.sequence = ? and last.deleted_at is null`,
    [account.id, after]
  )
  if (!start) {
    throw notFound("Credit entry", String(after))
  }
  return start
}
