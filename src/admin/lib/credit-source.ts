import { sumUnits } from "./decimal"
import type { AccountPayment, Allocation, CreditNoteDetail, Refund } from "./types/receivables"

/** A payment or a credit note: what can be put to invoices, and what was done with it. */
export interface CreditSource {
  /** In the API, such as `payments/whpay_1`. */
  readonly path: string
  readonly label: string
  readonly account_id: string
  readonly currency_code: string
  readonly unapplied: number
  /** When the money came, by which discounts count; null where none may be taken. */
  readonly paid_on: Date | null
  readonly allocations: readonly Allocation[]
  readonly refunds: readonly Refund[]
}

export function paymentSource(payment: AccountPayment, label: string): CreditSource {
  return {
    path: `payments/${payment.id}`,
    label,
    account_id: payment.account_id,
    currency_code: payment.currency_code,
    unapplied: payment.unapplied,
    paid_on: new Date(payment.received_at),
    allocations: payment.allocations ?? [],
    refunds: payment.refunds ?? [],
  }
}

export function creditNoteSource(note: CreditNoteDetail): CreditSource {
  return {
    path: `credit-notes/${note.id}`,
    label: note.number,
    account_id: note.account_id,
    currency_code: note.currency_code,
    unapplied: note.unapplied,
    paid_on: null,
    allocations: note.allocations,
    refunds: note.refunds,
  }
}

/** What lies on invoices now. */
export function lyingAllocations({ allocations }: Pick<CreditSource, "allocations">): Allocation[] {
  return allocations.filter(({ reversed_on }) => reversed_on === null)
}

/** Of these, what is the source's own money: discounts and residues came besides. */
export function moneyUnits(allocations: readonly Allocation[]): bigint {
  return sumUnits(
    allocations.filter(({ kind }) => kind === "payment" || kind === "credit_note").map(({ amount }) => amount)
  )
}
