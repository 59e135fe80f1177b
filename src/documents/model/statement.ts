import type { Amount } from "../../lib/money/amount"
import type { CalendarDay, DocumentHead } from "./document"
import type { BankAccount, DocumentParty } from "./party"

export interface StatementEntry {
  readonly on: CalendarDay
  /** What it is, in words: "Invoice", "Payment". */
  readonly title: string
  readonly reference: string | null
  readonly due_on: CalendarDay | null
  /** Positive: owed to the store. Negative: paid or credited. */
  readonly amount: Amount
  /** After this entry. */
  readonly balance: Amount
}

export interface AgeingBucket {
  /** "Current", "1–30 days". */
  readonly title: string
  readonly amount: Amount
}

/** What an account owed, what came and went, and what it owes, over a period. */
export interface StatementDocument extends DocumentHead {
  readonly kind: "statement"
  readonly seller: DocumentParty
  readonly buyer: DocumentParty
  readonly from: CalendarDay
  readonly to: CalendarDay
  readonly opening_balance: Amount
  readonly entries: readonly StatementEntry[]
  readonly closing_balance: Amount
  readonly ageing: readonly AgeingBucket[]
  readonly bank_accounts: readonly BankAccount[]
}
