import type { LimitSettings } from "../../lib/credit-rules/credit-settings"
import type { CreditGroupExposure } from "../../modules/wholesale-credit/groups/rows"
import type { CreditExposure } from "../../modules/wholesale-credit/ledger/reads"
import type { CreditEntry } from "../../modules/wholesale-credit/ledger/rows"
import type { CreditStatement, LedgerTotals } from "../../modules/wholesale-credit/ledger/statement"
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
    ...limitRulesView(credit),
    past_due_days: credit.past_due_days,
    past_due_tolerance: credit.past_due_tolerance === null ? null : amountNumber(credit.past_due_tolerance),
    group_id: credit.group_id,
  }
}

export function creditGroupView({ id, name, currency_code, account_ids, ...group }: CreditGroupExposure) {
  return {
    id,
    name,
    currency_code,
    credit_limit: group.credit_limit === null ? null : amountNumber(group.credit_limit),
    exposure: amountNumber(group.exposure),
    available: group.available === null ? null : amountNumber(group.available),
    ...limitRulesView(group),
    account_ids,
  }
}

/** Percentages as numbers. */
function limitRulesView({ policy, soft_threshold_percent: soft, hard_threshold_percent: hard }: LimitSettings) {
  return {
    policy,
    soft_threshold_percent: soft === null ? null : Number(soft),
    hard_threshold_percent: hard === null ? null : Number(hard),
  }
}

export function creditStatementView(statement: CreditStatement) {
  const totals = ({ balance, reserved }: LedgerTotals) => ({
    balance: amountNumber(balance),
    reserved: amountNumber(reserved),
  })
  return {
    ...statement,
    opening: totals(statement.opening),
    moved: totals(statement.moved),
    closing: totals(statement.closing),
    entries: statement.entries.map((entry) => ({ ...creditEntryView(entry), balance: amountNumber(entry.balance) })),
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
