import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../errors/wholesale-error"
import { decimalString, type Amount } from "../money/amount"
import { nonNegativeAmount } from "../money/exact-amount"

export const CREDIT_POLICIES = ["block", "hold"] as const

/** What happens to an order beyond the limit: refused at placement, or kept waiting for a decision. */
export type CreditPolicy = (typeof CREDIT_POLICIES)[number]

/** A limit and its thresholds, of an account or shared by a group. */
export interface LimitSettings {
  /** null: no limit; "0.00": nothing on account. */
  readonly credit_limit: Amount | null
  readonly policy: CreditPolicy
  /** Percent of the limit, above 0 and up to 100; null: no such line. */
  readonly soft_threshold_percent: string | null
  /** As the soft one and above it; null: the limit itself is the hard line. */
  readonly hard_threshold_percent: string | null
}

export interface CreditSettings extends LimitSettings {
  /** An order is held when something is late by more days than this; null: never. */
  readonly past_due_days: number | null
  /** What may be late without a hold; null: nothing. */
  readonly past_due_tolerance: Amount | null
}

export const NO_LIMIT_RULES: LimitSettings = {
  credit_limit: null,
  policy: "block",
  soft_threshold_percent: null,
  hard_threshold_percent: null,
}

export const NO_CREDIT_RULES: CreditSettings = {
  ...NO_LIMIT_RULES,
  past_due_days: null,
  past_due_tolerance: null,
}

/** The usual lines in one click: soft at 80 %, hard at 95 %, past due after 45 days. */
export const CREDIT_PRESET = {
  soft_threshold_percent: "80",
  hard_threshold_percent: "95",
  past_due_days: 45,
} as const satisfies Partial<CreditSettings>

/**
 * The settings with the changes in them, written in one way: amounts with the currency's digits,
 * percentages without trailing zeros.
 *
 * @throws WholesaleError 400 `invalid_amount`; 400 `invalid_credit_settings` with `field`
 */
export function changedSettings<Settings extends LimitSettings & Partial<CreditSettings>>(
  settings: Settings,
  changes: Partial<Settings>,
  currencyCode: string
): Settings {
  const changed = { ...settings, ...definedOf(changes) }
  const soft_threshold_percent = percent(changed, "soft_threshold_percent")
  const hard_threshold_percent = percent(changed, "hard_threshold_percent")
  if (
    soft_threshold_percent !== null &&
    hard_threshold_percent !== null &&
    MathBN.gte(soft_threshold_percent, hard_threshold_percent)
  ) {
    throw invalid("soft_threshold_percent", soft_threshold_percent, `must be below the hard ${hard_threshold_percent} %`)
  }
  assertDays(changed.past_due_days)
  return {
    ...changed,
    soft_threshold_percent,
    hard_threshold_percent,
    credit_limit: amountOrNull(changed.credit_limit, currencyCode),
    ...(changed.past_due_tolerance === undefined
      ? {}
      : { past_due_tolerance: amountOrNull(changed.past_due_tolerance, currencyCode) }),
  }
}

function definedOf<Changes extends object>(changes: Changes): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Changes
}

function amountOrNull(amount: Amount | null, currencyCode: string): Amount | null {
  return amount === null ? null : nonNegativeAmount(amount, currencyCode)
}

function percent(
  settings: LimitSettings,
  field: "soft_threshold_percent" | "hard_threshold_percent"
): string | null {
  const value = settings[field]
  if (value === null) {
    return null
  }
  const number = MathBN.convert(value)
  if (!number.isFinite() || number.lte(0) || number.gt(100)) {
    throw invalid(field, value, "must be a percentage above 0 and up to 100")
  }
  return decimalString(number)
}

function assertDays(days: number | null | undefined): void {
  if (days !== null && days !== undefined && !(Number.isInteger(days) && days >= 0)) {
    throw invalid("past_due_days", days, "must be a whole number of days, zero or more")
  }
}

function invalid(field: string, value: unknown, why: string): WholesaleError {
  return new WholesaleError(400, "invalid_credit_settings", `${field} ${String(value)} ${why}.`, {
    field,
    value,
  })
}
