import type { z } from "@medusajs/framework/zod"

import type * as invoices from "../../../schemas/invoices"
import type { InvoiceStatus, Payment } from "./invoices"
import type { TaxSummaryRow } from "./store"

// What the API says of payments, credit on account, and what is owed. Amounts are numbers in major units.

export type RecordPaymentBody = z.input<typeof invoices.recordPayment>
export type AllocateBody = z.input<typeof invoices.allocateCredit>
export type MatchBankStatementBody = z.input<typeof invoices.matchBankStatement>
export type DunningLevelsBody = z.input<typeof invoices.dunningLevels>
export type Strategy = NonNullable<RecordPaymentBody["strategy"]>

interface AccountRef {
  id: string
  company_name: string | null
}

/** What settles a part of an invoice, and until when it did. */
export interface Allocation {
  id: string
  operation_id: string
  kind: "payment" | "credit_note" | "discount" | "write_off"
  payment_id: string | null
  credit_note_id: string | null
  invoice_id: string
  invoice_number: string
  late_charge_id: string | null
  currency_code: string
  amount: number
  applied_on: string
  actor_type: string
  actor_id: string
  reversed_on: string | null
  reversal_reason: string | null
  reversal_actor_type: string | null
  reversal_actor_id: string | null
}

export interface Refund {
  id: string
  amount: number
  currency_code: string
  method: string
  reference: string | null
  reason: string | null
  refunded_at: string
  actor_type: string
  actor_id: string
}

export interface AccountPayment extends Payment {
  account_id: string
  account: AccountRef
  status: "received" | "void"
  unapplied: number
  refunded_total: number
  strategy: Strategy
  voided_at: string | null
  void_reason: string | null
  void_actor_type: string | null
  void_actor_id: string | null
  actor_type: string
  actor_id: string
  created_at: string
  allocations?: Allocation[]
  refunds?: Refund[]
}

export interface CreditNoteDetail {
  id: string
  number: string
  account_id: string
  account: AccountRef
  invoice_id: string
  invoice_number: string
  currency_code: string
  subtotal: number
  tax_total: number
  total: number
  tax_summary: TaxSummaryRow[]
  reason: string
  issued_at: string
  actor_type: string
  actor_id: string
  unapplied: number
  refunded_total: number
  allocations: Allocation[]
  refunds: Refund[]
}

/** A payment or credit note with something left to be put to invoices. */
export interface CreditOnAccount {
  type: "payment" | "credit_note"
  id: string
  label: string | null
  currency_code: string
  dated_at: string
  amount: number
  unapplied: number
}

/** An invoice as a payment can settle it. */
export interface OpenItem {
  invoice_id: string
  number: string
  orders: { order_number: string; purchase_order_number: string | null }[]
  status: InvoiceStatus
  currency_code: string
  issued_at: string
  due_at: string
  total: number
  outstanding: number
  late_charges: number
  /** The invoice with its late charges. */
  open: number
  early: { payable: number; until: string } | null
}

export const BUCKETS = ["current", "days_1_30", "days_31_60", "days_61_90", "days_91_120", "over_120"] as const
export type Bucket = (typeof BUCKETS)[number]

export interface AccountAgeing extends Record<Bucket, number> {
  account_id: string
  account: AccountRef
  currency_code: string
  outstanding: number
  unapplied: number
  balance: number
}

export interface Ageing {
  as_of: string
  accounts: AccountAgeing[]
}

export interface DaysSalesOutstanding {
  currency_code: string
  receivables: number
  sales: number
  days: number
  days_sales_outstanding: number | null
}

export interface Statement {
  currency_code: string
  from: string
  to: string
  opening: number
  closing: number
  lines: { kind: string; id: string; label: string; at: string; amount: number; balance: number }[]
}

export interface DunningLevel {
  level: number
  days_late: number
  currency_code: string
  fee: number | null
  interest_percent: number | null
}

export interface ReceivableSettings {
  account_id: string | null
  currency_code: string
  write_off_tolerance: number | null
  settle_first: "invoice" | "charges" | null
}

export interface BankProposal {
  certainty: "sure" | "likely" | "account"
  account_id: string
  company_name: string | null
  allocations: { invoice_id: string; amount: number }[]
  invoices: { invoice_id: string; number: string | null; outstanding: number }[]
  unapplied: number
}

export interface BankLine {
  bank_line_id: string
  row: number
  received_at: string
  amount: number
  currency_code: string
  reference: string
  payer: string
  proposal: BankProposal | null
}

export interface BankMatch {
  lines: BankLine[]
  /** Rows that are payments already. */
  recorded: number[]
  unreadable: { row: number; message: string }[]
  outgoing: number
}
