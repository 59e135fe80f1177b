import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import { currencyDigits } from "../../../lib/money/currency-digits"
import type { CreditSettings, LimitSettings } from "../../../lib/credit-rules/credit-settings"
import type { HoldKind } from "./hold"

/** What is overdue of an account, counting what is late by more than the account's own days only. */
export interface PastDue {
  readonly amount: Amount
  /** The day the oldest of it was due, `2026-01-31`. */
  readonly oldest_due_on: string
  /** How many days that is ago: 0 on the day itself. */
  readonly days_late: number
}

/** Someone's word that the account gets nothing on account for now. */
export interface ManualHold {
  readonly hold_id: string
  readonly reason: string
}

export interface CreditCheck {
  readonly account_id: string
  readonly currency_code: string
  /** What the order costs, tax and charges included; zero or more. */
  readonly amount: Amount
  readonly settings: CreditSettings
  /** The account's exposure without this order. */
  readonly exposure: Amount
  readonly group: CheckedGroup | null
  /** The order's terms are payment in advance: only credit on account carries it. */
  readonly prepaid: boolean
  readonly past_due: PastDue | null
  readonly manual: readonly ManualHold[]
}

export interface CheckedGroup extends LimitSettings {
  readonly id: string
  readonly name: string
  /** Σ exposure of all members without this order. */
  readonly exposure: Amount
}

export interface AmountFigures {
  readonly currency_code: string
  /** The limit that counts: zero for prepaid terms. */
  readonly limit: Amount
  /** The percentage of the limit that was passed; "100" where it is the limit itself. */
  readonly threshold_percent: string
  /** The same in money: the most that passes. */
  readonly threshold: Amount
  readonly exposure: Amount
  readonly order_amount: Amount
  readonly exposure_after: Amount
  /** Exposure with the order in percent of the limit, to one decimal; null at a limit of zero. */
  readonly used_percent: string | null
  /** How far the order goes beyond `threshold`. */
  readonly over_by: Amount
  readonly prepaid: boolean
  readonly group_id: string | null
}

export interface PastDueFigures extends PastDue {
  readonly currency_code: string
  readonly past_due_days: number
  readonly tolerance: Amount
}

/** Why an order is held. `basis` says whose rule it is: the account's, its group's, or a person's for the order. */
export type HoldReason =
  | { readonly kind: "soft" | "hard"; readonly basis: "account" | "group"; readonly figures: AmountFigures }
  | { readonly kind: "past_due"; readonly basis: "account"; readonly figures: PastDueFigures }
  | { readonly kind: "manual"; readonly basis: "account" | "order"; readonly figures: ManualHold }

export interface CreditVerdict {
  /** Every rule that holds the order, with its figures; none: it may go on. */
  readonly reasons: readonly HoldReason[]
  /** Where a limit refuses the order outright, the error to throw at its placement. */
  readonly refusal: WholesaleError | null
}

/**
 * What all credit rules say to an order. Beyond its hard line (the hard threshold, else the limit itself)
 * an order is held hard, beyond the soft threshold soft; exactly at a line it passes. Beyond the limit
 * policy `block` refuses it, and a limit of zero refuses under either policy. No limit never holds by
 * amount, prepaid terms count as a limit of zero that holds and never refuses, and an order that costs
 * nothing passes every rule of amounts. Account and group are checked alike; all reasons are told.
 */
export function checkCredit(check: CreditCheck): CreditVerdict {
  const subjects = subjectsOf(check)
  const refusing = subjects.find((subject) => refuses(subject, check))
  return {
    reasons: [
      ...subjects.flatMap((subject) => amountReason(subject, check)),
      ...pastDueReason(check),
      ...check.manual.map((figures) => ({ kind: "manual", basis: "account", figures }) as const),
    ],
    refusal: refusing ? limitExceeded(refusing, check) : null,
  }
}

/** Whether going on with the order is an override, and not just a decision. */
export function isBeyondHardLine(reasons: readonly { readonly kind: HoldKind }[]): boolean {
  return reasons.some(({ kind }) => kind === "hard")
}

/** One limit that an order is measured against. */
interface Subject extends LimitSettings {
  readonly basis: "account" | "group"
  readonly name: string
  readonly exposure: Amount
  readonly group_id: string | null
}

function subjectsOf({ account_id, settings, exposure, group, prepaid, currency_code }: CreditCheck): Subject[] {
  const account: Subject = {
    ...settings,
    basis: "account",
    name: `account ${account_id}`,
    exposure,
    group_id: null,
  }
  const subjects = prepaid
    ? [{
        ...account,
        credit_limit: roundAmount(0, currency_code),
        soft_threshold_percent: null,
        hard_threshold_percent: null,
      }]
    : [account]
  return group
    ? [...subjects, { ...group, basis: "group", name: `credit group ${group.name}`, group_id: group.id }]
    : subjects
}

function refuses(subject: Subject, { amount, prepaid, currency_code }: CreditCheck): boolean {
  const { credit_limit: limit, policy, exposure } = subject
  return (
    limit !== null &&
    !prepaid &&
    (policy === "block" || MathBN.eq(limit, 0)) &&
    !MathBN.eq(amount, 0) &&
    MathBN.gt(sumAmounts([exposure, amount], currency_code), limit)
  )
}

function amountReason(subject: Subject, check: CreditCheck): HoldReason[] {
  const { credit_limit: limit, soft_threshold_percent: soft, hard_threshold_percent: hard, basis } = subject
  if (limit === null || MathBN.eq(check.amount, 0)) {
    return []
  }
  const beyondHard = figuresBeyond(hard ?? "100", limit, subject, check)
  if (beyondHard) {
    return [{ kind: "hard", basis, figures: beyondHard }]
  }
  const beyondSoft = soft === null ? null : figuresBeyond(soft, limit, subject, check)
  return beyondSoft ? [{ kind: "soft", basis, figures: beyondSoft }] : []
}

function figuresBeyond(
  threshold_percent: string,
  limit: Amount,
  { exposure, basis, group_id }: Subject,
  { currency_code, amount, prepaid }: CreditCheck
): AmountFigures | null {
  const threshold = mostThatPasses(limit, threshold_percent, currency_code)
  const exposure_after = sumAmounts([exposure, amount], currency_code)
  if (MathBN.lte(exposure_after, threshold)) {
    return null
  }
  return {
    currency_code,
    limit: roundAmount(limit, currency_code),
    threshold_percent,
    threshold,
    exposure: roundAmount(exposure, currency_code),
    order_amount: roundAmount(amount, currency_code),
    exposure_after,
    used_percent: MathBN.eq(limit, 0) ? null : MathBN.mult(exposure_after, 100).div(limit).toFixed(1, ROUND_HALF_UP),
    over_by: subtractAmounts(exposure_after, threshold, currency_code),
    prepaid: prepaid && basis === "account",
    group_id,
  }
}

const ROUND_DOWN = 1
const ROUND_HALF_UP = 4

/** A share of the limit in whole minor units, rounded down: no amount lies between it and the exact line. */
function mostThatPasses(limit: Amount, percent: string, currencyCode: string): Amount {
  const digits = currencyDigits(currencyCode)
  return MathBN.mult(limit, percent).div(100).decimalPlaces(digits, ROUND_DOWN).toFixed(digits)
}

function pastDueReason({ past_due, settings, currency_code }: CreditCheck): HoldReason[] {
  const { past_due_days, past_due_tolerance } = settings
  const tolerance = past_due_tolerance ?? roundAmount(0, currency_code)
  if (
    past_due === null ||
    past_due_days === null ||
    past_due.days_late <= past_due_days ||
    MathBN.lte(past_due.amount, tolerance)
  ) {
    return []
  }
  return [
    { kind: "past_due", basis: "account", figures: { ...past_due, currency_code, past_due_days, tolerance } },
  ]
}

function limitExceeded(
  { credit_limit, exposure, name, group_id }: Subject,
  { account_id, currency_code: currency, amount }: CreditCheck
): WholesaleError {
  const limit = credit_limit ?? "0"
  const after = sumAmounts([exposure, amount], currency)
  const over = subtractAmounts(after, limit, currency)
  const code = currency.toUpperCase()
  return new WholesaleError(
    409,
    "credit_limit_exceeded",
    `The order over ${amount} ${code} would bring ${name} to ${after} ${code}, ` +
      `${over} ${code} over its credit limit of ${limit} ${code}.`,
    {
      account_id,
      ...(group_id === null ? {} : { group_id }),
      currency_code: currency,
      limit: roundAmount(limit, currency),
      exposure: roundAmount(exposure, currency),
      order_amount: roundAmount(amount, currency),
      over_by: over,
    }
  )
}
