import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../lib/money/amount"
import { sumAmounts } from "../../../lib/money/amount"
import { readAccount } from "./accounts"
import type { AccountOfStore } from "./reads"
import type { CreditEntry, CreditEntryRow } from "./rows"
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

/** The ledger of an account over a period: opening + what the entries moved = closing. */
export interface CreditStatement {
  readonly account_id: string
  readonly currency_code: string
  readonly from: Date
  readonly to: Date
  readonly opening: LedgerTotals
  readonly moved: LedgerTotals
  readonly closing: LedgerTotals
  /** One page of them, in the order of the ledger. */
  readonly entries: readonly CreditEntry[]
  readonly count: number
}

const PAGE_SIZE = 500

/** A period's statement of the ledger, by the time of booking. @throws WholesaleError 404 */
export async function statement(
  manager: EntityManager,
  { store_id, account_id, from, to, limit = PAGE_SIZE, after = 0 }: StatementInput
): Promise<CreditStatement> {
  const account = await readAccount(manager, store_id, account_id)
  const { currency_code } = account
  const [sums] = await manager.execute<[Record<keyof LedgerTotals | "opening_balance" | "opening_reserved", string> & { count: number }]>(
    `select coalesce(sum(balance_delta) filter (where created_at < ?), 0) as opening_balance,
            coalesce(sum(reserved_delta) filter (where created_at < ?), 0) as opening_reserved,
            coalesce(sum(balance_delta) filter (where created_at >= ?), 0) as balance,
            coalesce(sum(reserved_delta) filter (where created_at >= ?), 0) as reserved,
            (count(*) filter (where created_at >= ?))::int as count
       from wholesale_credit_entry
      where credit_account_id = ? and created_at < ? and deleted_at is null`,
    [from, from, from, from, from, account.id, to]
  )
  const rows = await manager.execute<CreditEntryRow[]>(
    `select * from wholesale_credit_entry
      where credit_account_id = ? and created_at >= ? and created_at < ? and sequence > ? and deleted_at is null
      order by sequence limit ?`,
    [account.id, from, to, after, limit]
  )
  const total = (...parts: string[]) => sumAmounts(parts, currency_code)
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
    entries: rows.map((row) => toCreditEntry(row, currency_code)),
    count: sums.count,
  }
}
