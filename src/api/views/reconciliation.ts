import type { HoldDifference } from "../../modules/wholesale-credit/holds/reconcile-holds"
import type { CreditDifference } from "../../modules/wholesale-credit/ledger/reconcile"
import type {
  InvoiceDifference,
  InvoiceReconciliation,
  MirrorDifference,
} from "../../modules/wholesale-invoice/persistence/reconcile"
import { amountNumber } from "./amounts"

/** Where a store's books disagree, a row each; `kind` says which books. */
export function differencesView(
  credit: { readonly differences: readonly CreditDifference[]; readonly holds: readonly HoldDifference[] },
  invoices: InvoiceReconciliation
) {
  return [
    ...credit.differences.map(creditDifferenceView),
    ...credit.holds.map((hold) => ({ kind: "hold", ...hold })),
    ...invoices.invoices.map(invoiceDifferenceView),
    ...invoices.mirrors.map(mirrorDifferenceView),
    ...invoices.unmirrored.map((invoice_id) => ({ kind: "unmirrored", invoice_id })),
  ]
}

function creditDifferenceView(row: CreditDifference) {
  return {
    kind: "credit",
    ...row,
    balance: amountNumber(row.balance),
    entries_balance: amountNumber(row.entries_balance),
    reserved: amountNumber(row.reserved),
    entries_reserved: amountNumber(row.entries_reserved),
  }
}

function invoiceDifferenceView(row: InvoiceDifference) {
  return {
    kind: "invoice",
    ...row,
    total: amountNumber(row.total),
    lines_total: amountNumber(row.lines_total),
    paid_total: amountNumber(row.paid_total),
    allocated: amountNumber(row.allocated),
    allowed_total: amountNumber(row.allowed_total),
    allowances: amountNumber(row.allowances),
    credited_total: amountNumber(row.credited_total),
    credit_notes: amountNumber(row.credit_notes),
    lines_credited: amountNumber(row.lines_credited),
  }
}

function mirrorDifferenceView(row: MirrorDifference) {
  return {
    kind: "mirror",
    ...row,
    total: amountNumber(row.total),
    invoice_total: amountNumber(row.invoice_total),
    refunded_total: amountNumber(row.refunded_total),
    refunds_done: amountNumber(row.refunds_done),
  }
}
