import type { Amount } from "../../lib/money/amount"
import type { CalendarDay, DocumentHead } from "./document"
import type { BankAccount, DocumentParty } from "./party"

/** What moves a balance. */
export type StatementEntryKind =
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

/** How long something is open after it was due; credit that lies on nothing has no age. */
export type AgeBucket =
  | "current"
  | "days_1_30"
  | "days_31_60"
  | "days_61_90"
  | "days_91_120"
  | "over_120"
  | "unapplied"

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
  /** "Not due", "1–30 days". */
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
