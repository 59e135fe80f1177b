import type { CreditExposure } from "../../modules/wholesale-credit/ledger/reads"
import type { CreditEntry } from "../../modules/wholesale-credit/ledger/rows"
import { amountNumber } from "./amounts"

/** Credit of an account in figures; `available` is null without a limit. */
export function creditView(credit: CreditExposure) {
  return {
    account_id: credit.account_id,
    currency_code: credit.currency_code,
    credit_limit: credit.credit_limit === null ? null : amountNumber(credit.credit_limit),
    balance: amountNumber(credit.balance),
    reserved: amountNumber(credit.reserved),
    exposure: amountNumber(credit.exposure),
    available: credit.available === null ? null : amountNumber(credit.available),
  }
}

export function creditEntryView(entry: CreditEntry) {
  return {
    ...entry,
    balance_delta: amountNumber(entry.balance_delta),
    reserved_delta: amountNumber(entry.reserved_delta),
    balance_after: amountNumber(entry.balance_after),
    reserved_after: amountNumber(entry.reserved_after),
  }
}
