import type { BooksCheck, FoundDifference } from "../../modules/wholesale-store/books-checks"
import type { BookDifference } from "../../workflows/reconcile/check-books"
import { amountNumber } from "./amounts"

/** The amounts among the members of a difference; the others are names and counts. */
const AMOUNTS: Readonly<Record<string, readonly string[]>> = {
  credit: ["balance", "entries_balance", "reserved", "entries_reserved"],
  balance: [
    "balance", "documents_balance", "outstanding", "uninvoiced", "unapplied", "corrections", "unposted",
  ],
  invoice: [
    "total", "lines_total", "paid_total", "allocated", "allowed_total", "allowances", "credited_total",
    "credit_notes", "lines_credited",
  ],
  mirror: ["total", "invoice_total", "refunded_total", "refunds_done"],
} satisfies Partial<Record<BookDifference["kind"], readonly string[]>>

/** Where two of a store's books disagree: `kind` says which, and both figures of each pair are numbers. */
export function differenceView(difference: FoundDifference) {
  const amounts = AMOUNTS[difference.kind] ?? []
  return Object.fromEntries(
    Object.entries(difference).map(([name, value]) => [
      name,
      amounts.includes(name) && value !== null ? amountNumber(String(value)) : value,
    ])
  )
}

/** What was found at a time. The first hundred differences stand in it, and how many there were. */
export function booksCheckView({ day, checked_at, difference_count, differences }: BooksCheck) {
  return {
    day,
    checked_at,
    difference_count,
    differences: differences.map(differenceView),
  }
}
