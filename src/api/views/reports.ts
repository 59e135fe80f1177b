import type { AccountAgeing } from "../../modules/wholesale-invoice/persistence/reports/ageing"
import type { DaysSalesOutstanding } from "../../modules/wholesale-invoice/persistence/reports/days-sales-outstanding"
import type { Statement } from "../../modules/wholesale-invoice/persistence/reports/statement"
import { amountNumber } from "./amounts"

export function ageingView(account: AccountAgeing) {
  return {
    account_id: account.account_id,
    currency_code: account.currency_code,
    current: amountNumber(account.current),
    days_1_30: amountNumber(account.days_1_30),
    days_31_60: amountNumber(account.days_31_60),
    days_61_90: amountNumber(account.days_61_90),
    days_91_120: amountNumber(account.days_91_120),
    over_120: amountNumber(account.over_120),
    outstanding: amountNumber(account.outstanding),
    unapplied: amountNumber(account.unapplied),
    balance: amountNumber(account.balance),
  }
}

export function statementView({ opening, closing, lines, ...statement }: Statement) {
  return {
    ...statement,
    opening: amountNumber(opening),
    lines: lines.map((line) => ({
      ...line,
      amount: amountNumber(line.amount),
      balance: amountNumber(line.balance),
    })),
    closing: amountNumber(closing),
  }
}

export function daysSalesOutstandingView({ days_sales_outstanding, ...row }: DaysSalesOutstanding) {
  return {
    ...row,
    receivables: amountNumber(row.receivables),
    sales: amountNumber(row.sales),
    days_sales_outstanding: days_sales_outstanding === null ? null : Number(days_sales_outstanding),
  }
}
