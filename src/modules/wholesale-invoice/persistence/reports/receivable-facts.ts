/**
 * What the documents of a store say of an account's receivables, one row a fact, by the day on which it
 * took effect: the same entries that the ledger of credit gets, dated by their documents. `amount` raises
 * or lessens what the account owes.
 *
 * Its parameters are {@link factParams}.
 */
export const RECEIVABLE_FACTS = `
  select account_id, currency_code, 'invoice' as kind, id, number as label, issued_at as at, total as amount
    from wholesale_invoice where store_id = ? and deleted_at is null
  union all
  select account_id, currency_code, 'invoice_void', id, number, voided_at, -total
    from wholesale_invoice where store_id = ? and voided_at is not null and deleted_at is null
  union all
  select account_id, currency_code, 'credit_note', id, number, issued_at, -total
    from wholesale_credit_note where store_id = ? and deleted_at is null
  union all
  select account_id, currency_code, 'payment', id, coalesce(reference, method), received_at, -amount
    from wholesale_payment where store_id = ? and deleted_at is null
  union all
  select account_id, currency_code, 'payment_void', id, coalesce(reference, method), voided_at, amount
    from wholesale_payment where store_id = ? and voided_at is not null and deleted_at is null
  union all
  select account_id, currency_code, 'refund', id, coalesce(reference, method), refunded_at, amount
    from wholesale_refund where store_id = ? and deleted_at is null
  union all
  select charge.account_id, charge.currency_code, 'late_charge', charge.id, invoice.number, charged_at, amount
    from wholesale_late_charge charge join wholesale_invoice invoice on invoice.id = charge.invoice_id
   where charge.store_id = ? and charge.deleted_at is null
  union all
  select charge.account_id, charge.currency_code, 'late_charge_void', charge.id, invoice.number,
         charge.voided_at, -amount
    from wholesale_late_charge charge join wholesale_invoice invoice on invoice.id = charge.invoice_id
   where charge.store_id = ? and charge.voided_at is not null and charge.deleted_at is null
  union all
  select allowance.account_id, invoice.currency_code, allowance.kind, allowance.id, invoice.number,
         applied_on, -amount
    from wholesale_payment_allocation allowance join wholesale_invoice invoice on invoice.id = allowance.invoice_id
   where allowance.store_id = ? and allowance.kind in ('discount', 'write_off') and allowance.deleted_at is null
  union all
  select allowance.account_id, invoice.currency_code, allowance.kind || '_void', allowance.id, invoice.number,
         reversed_on, amount
    from wholesale_payment_allocation allowance join wholesale_invoice invoice on invoice.id = allowance.invoice_id
   where allowance.store_id = ? and allowance.kind in ('discount', 'write_off')
     and allowance.reversed_on is not null and allowance.deleted_at is null`

/** The condition on `fact` that picks what was given up as a bad debt, or taken back. */
export const IS_BAD_DEBT_FACT = `fact.kind in ('write_off', 'write_off_void') and exists (
  select 1 from wholesale_payment_allocation given_up
   where given_up.id = fact.id and given_up.payment_id is null and given_up.credit_note_id is null)`

/** The store, for every part of {@link RECEIVABLE_FACTS}. */
export function factParams(storeId: string): string[] {
  return Array.from({ length: RECEIVABLE_FACTS.split("?").length - 1 }, () => storeId)
}
