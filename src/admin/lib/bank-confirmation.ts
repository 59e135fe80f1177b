import type { BankLine, RecordPaymentBody } from "./types/receivables"

/** Where a bank's line goes, as somebody chose it or the proposal says. */
export type LinePurpose = Pick<RecordPaymentBody, "account_id" | "strategy" | "allocations">

/** What the proposal says of a line; without invoices the money stays on the account. */
export function proposedPurpose({ proposal }: BankLine): LinePurpose | undefined {
  if (!proposal) {
    return undefined
  }
  const { account_id, allocations } = proposal
  return allocations.length > 0
    ? { account_id, strategy: "by_choice", allocations }
    : { account_id, strategy: "unapplied" }
}

/** The payment that a line is. Its `bank_line_id` makes it one, whoever confirms it how often. */
export function paymentOfLine(line: BankLine, purpose: LinePurpose): RecordPaymentBody {
  const reference = line.reference.trim().slice(0, 200)
  return {
    ...purpose,
    amount: line.amount,
    method: "bank_transfer",
    received_at: line.received_at,
    bank_line_id: line.bank_line_id,
    ...(reference && { reference }),
  }
}

/** Whether confirming it at once, with all others like it, decides nothing that people should look at. */
export function isSure({ proposal }: BankLine): boolean {
  return proposal?.certainty === "sure"
}
