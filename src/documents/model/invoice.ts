import type { Amount } from "../../lib/money/amount"
import type { CalendarDay, DocumentHead, DocumentTotals } from "./document"
import type { DocumentCharge, DocumentLine } from "./line"
import type { BankAccount, DeliveryPlace, DocumentParty } from "./party"
import type { TaxSummaryRow } from "./tax"

export interface DocumentTerms {
  readonly due_on: CalendarDay | null
  /** Less to pay for who pays by that day. */
  readonly discount: { readonly percent: string; readonly until: CalendarDay; readonly amount: Amount } | null
  /** What else was agreed on payment. */
  readonly text: string | null
}

/** What happened to an invoice after it was issued: printed on a copy, never part of the legal document. */
export interface Settlement {
  readonly as_of: CalendarDay
  /** Since then it is none. */
  readonly void_since: CalendarDay | null
  readonly paid: Amount
  readonly credited: Amount
  /** For paying early. */
  readonly discounted: Amount
  readonly written_off: Amount
}

export interface Delivery extends DeliveryPlace {
  readonly delivered_on: CalendarDay | null
}

/** What invoices and credit notes have in common. */
export interface TaxedDocument extends DocumentHead {
  readonly seller: DocumentParty
  readonly buyer: DocumentParty
  readonly purchase_order_number: string | null
  readonly order_numbers: readonly string[]
  /** What the buyer asked to have on it to find the right desk. */
  readonly buyer_reference: string | null
  readonly delivery: Delivery | null
  readonly lines: readonly DocumentLine[]
  readonly charges: readonly DocumentCharge[]
  readonly tax_summary: readonly TaxSummaryRow[]
  readonly totals: DocumentTotals
}

/** An invoice as it was issued; a pro forma is none in the eyes of the law, and never an e-invoice. */
export interface InvoiceDocument extends TaxedDocument {
  readonly kind: "invoice" | "pro_forma"
  readonly terms: DocumentTerms
  /** Paid before it was issued. */
  readonly prepaid: Amount
  readonly bank_accounts: readonly BankAccount[]
  readonly settlement: Settlement | null
}

export interface CreditNoteDocument extends TaxedDocument {
  readonly kind: "credit_note"
  readonly invoice: { readonly number: string; readonly issued_on: CalendarDay }
  readonly reason: string
}
