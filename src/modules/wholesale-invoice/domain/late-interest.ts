import { MathBN } from "@medusajs/framework/utils"

import { daysBetween } from "../../../lib/calendar/days"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"

const DAYS_OF_A_YEAR = 365

/**
 * Simple interest for paying late: amount × percent a year × days ÷ 365, the actual days over a year of
 * 365 (actual/365 fixed), rounded half up once. None for no day. 100.00 at 10 % for 15 days: 0.41.
 */
export function lateInterest(input: {
  readonly amount: Amount
  readonly currency_code: string
  /** A year's. */
  readonly percent: string
  /** The day on which it was due, or until which interest was charged; that day itself bears none. */
  readonly from: Date
  readonly to: Date
}): Amount {
  const days = Math.max(0, daysBetween(input.from, input.to))
  const interest = MathBN.div(
    MathBN.mult(MathBN.mult(input.amount, input.percent), days),
    DAYS_OF_A_YEAR * 100
  )
  return roundAmount(interest, input.currency_code)
}
