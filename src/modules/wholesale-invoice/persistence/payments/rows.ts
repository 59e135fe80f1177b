import type { Amount } from "../../../../lib/money/amount"
import { roundAmount, subtractAmounts } from "../../../../lib/money/amount"
import type { AllocationStrategy, Choice } from "../../domain/allocation-plan"
import type { AllocationKind } from "../../models/payment-allocation"
import type { PaymentStatus } from "../../models/payment"
import type { Row } from "../columns"
import { toDate } from "../columns"

export interface Payment {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly connection_id: string | null
  readonly status: PaymentStatus
  readonly amount: Amount
  /** Paid back out of it. */
  readonly refunded_total: Amount
  /** Neither put to an invoice nor paid back: credit on account. */
  readonly unapplied: Amount
  readonly currency_code: string
  readonly method: string
  readonly reference: string | null
  readonly received_at: Date
  readonly strategy: AllocationStrategy
  readonly choices: readonly Choice[] | null
  readonly voided_at: Date | null
  readonly void_reason: string | null
  readonly void_actor_type: string | null
  readonly void_actor_id: string | null
  /** When its entry was written into the account's ledger. */
  readonly posted_at: Date | null
  readonly actor_type: string
  readonly actor_id: string
  readonly revision: number
  readonly announced_revision: number
  readonly created_at: Date
}

/** What settles a part of an invoice or of a late charge, and where it comes from. */
export interface Allocation {
  readonly id: string
  readonly operation_id: string
  readonly kind: AllocationKind
  readonly payment_id: string | null
  readonly credit_note_id: string | null
  readonly invoice_id: string
  readonly invoice_number: string
  readonly late_charge_id: string | null
  readonly currency_code: string
  readonly amount: Amount
  readonly applied_on: Date
  /** Why a debt was let go. */
  readonly reason: string | null
  readonly actor_type: string
  readonly actor_id: string
  readonly reversed_on: Date | null
  readonly reversal_reason: string | null
  readonly reversal_actor_type: string | null
  readonly reversal_actor_id: string | null
}

export interface Refund {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly payment_id: string | null
  readonly credit_note_id: string | null
  readonly amount: Amount
  readonly currency_code: string
  readonly method: string
  readonly reference: string | null
  readonly reason: string | null
  readonly refunded_at: Date
  readonly posted_at: Date | null
  readonly actor_type: string
  readonly actor_id: string
}

export type PaymentRow = Row<
  Omit<Payment, "refunded_total" | "unapplied">,
  "amount",
  "received_at" | "voided_at" | "posted_at" | "created_at"
> & {
  readonly allocated: string
  readonly refunded: string
}

export type AllocationRow = Row<Allocation, "amount", "applied_on" | "reversed_on">
export type RefundRow = Row<Refund, "amount", "refunded_at" | "posted_at">

/** Money of the payment that lies on invoices and late charges, and what was paid back of it. */
export const PAYMENT_COLUMNS = `payment.*,
  (select coalesce(sum(amount), 0) from wholesale_payment_allocation used
    where used.payment_id = payment.id and used.kind = 'payment' and used.reversed_on is null
      and used.deleted_at is null) as allocated,
  (select coalesce(sum(amount), 0) from wholesale_refund refund
    where refund.payment_id = payment.id and refund.deleted_at is null) as refunded`

export const ALLOCATION_COLUMNS = `allocation.id, allocation.operation_id, allocation.kind,
  allocation.payment_id, allocation.credit_note_id, allocation.invoice_id,
  invoice.number as invoice_number, allocation.late_charge_id, invoice.currency_code,
  allocation.raw_amount, allocation.applied_on, allocation.reason, allocation.actor_type, allocation.actor_id,
  allocation.reversed_on, allocation.reversal_reason, allocation.reversal_actor_type, allocation.reversal_actor_id`
export const ALLOCATION_TABLES = `wholesale_payment_allocation allocation
  join wholesale_invoice invoice on invoice.id = allocation.invoice_id`

export function toPayment(row: PaymentRow): Payment {
  const { currency_code } = row
  const amount = roundAmount(row.raw_amount.value, currency_code)
  const refunded_total = roundAmount(row.refunded, currency_code)
  return {
    id: row.id,
    store_id: row.store_id,
    account_id: row.account_id,
    connection_id: row.connection_id,
    status: row.status,
    amount,
    refunded_total,
    unapplied:
      row.status === "void"
        ? roundAmount(0, currency_code)
        : subtractAmounts(subtractAmounts(amount, row.allocated, currency_code), refunded_total, currency_code),
    currency_code,
    method: row.method,
    reference: row.reference,
    received_at: new Date(row.received_at),
    strategy: row.strategy,
    choices: row.choices,
    voided_at: toDate(row.voided_at),
    void_reason: row.void_reason,
    void_actor_type: row.void_actor_type,
    void_actor_id: row.void_actor_id,
    posted_at: toDate(row.posted_at),
    actor_type: row.actor_type,
    actor_id: row.actor_id,
    revision: row.revision,
    announced_revision: row.announced_revision,
    created_at: new Date(row.created_at),
  }
}

export function toAllocation({ raw_amount, ...row }: AllocationRow): Allocation {
  return {
    ...row,
    amount: roundAmount(raw_amount.value, row.currency_code),
    applied_on: new Date(row.applied_on),
    reversed_on: toDate(row.reversed_on),
  }
}

export function toRefund(row: RefundRow): Refund {
  return {
    id: row.id,
    store_id: row.store_id,
    account_id: row.account_id,
    payment_id: row.payment_id,
    credit_note_id: row.credit_note_id,
    amount: roundAmount(row.raw_amount.value, row.currency_code),
    currency_code: row.currency_code,
    method: row.method,
    reference: row.reference,
    reason: row.reason,
    refunded_at: new Date(row.refunded_at),
    posted_at: toDate(row.posted_at),
    actor_type: row.actor_type,
    actor_id: row.actor_id,
  }
}
