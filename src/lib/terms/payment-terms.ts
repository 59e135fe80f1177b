import { MathBN } from "@medusajs/framework/utils"

import { addDays, endOfMonth } from "../calendar/days"
import { WholesaleError } from "../errors/wholesale-error"
import { decimalString } from "../money/amount"

export const TERMS_TYPES = ["net", "end_of_month", "due_on_receipt", "prepaid"] as const
export type TermsType = (typeof TERMS_TYPES)[number]

/** Less to pay for who pays early: "2/10" is 2 percent within 10 days of the invoice. */
export interface EarlyPaymentDiscount {
  /** Of the invoice's total, more than 0 and less than 100, as `"2"` or `"2.5"`. */
  readonly percent: string
  /** Counted from the day of the invoice; the last one still counts. */
  readonly days: number
}

/**
 * When an invoice is to be paid: `net` so many days after its day, `end_of_month` so many days after
 * the end of its month, `due_on_receipt` on its day, `prepaid` before the goods go.
 */
export interface PaymentTerms {
  readonly type: TermsType
  /** 0 where the type counts none. */
  readonly days: number
  readonly discount: EarlyPaymentDiscount | null
}

/** Terms as people give them: what their type does not count may be left out. */
export interface GivenTerms {
  readonly type: TermsType
  readonly days?: number
  readonly discount?: { readonly percent: string | number; readonly days: number } | null
}

export const MAX_TERMS_DAYS = 365

export const NET_30: PaymentTerms = { type: "net", days: 30, discount: null }

/**
 * The terms with every member in its place.
 *
 * @throws WholesaleError 400 `invalid_terms` with `field`: days where the type counts none, or beyond 0
 * to 365; a discount that is no discount, or ends after the invoice is due
 */
export function paymentTerms({ type, days, discount }: GivenTerms): PaymentTerms {
  const counted = type === "net" || type === "end_of_month"
  if (!counted && days) {
    throw invalid("days", `Terms of "${type}" count no days.`)
  }
  const terms: PaymentTerms = {
    type,
    days: counted ? wholeDays(days, "days") : 0,
    discount: discount ? earlyPayment(discount) : null,
  }
  if (terms.discount && !counted) {
    throw invalid("discount", `Terms of "${type}" leave no time to pay early.`)
  }
  if (terms.discount && type === "net" && terms.discount.days > terms.days) {
    throw invalid(
      "discount.days",
      `The discount ends after ${terms.discount.days} days, when the invoice is overdue after ${terms.days}.`
    )
  }
  return terms
}

/** The day on which the invoice is due; it is overdue from the next one on. */
export function dueDate(issuedAt: Date, { type, days }: PaymentTerms): Date {
  switch (type) {
    case "net":
      return addDays(issuedAt, days)
    case "end_of_month":
      return addDays(endOfMonth(issuedAt), days)
    case "due_on_receipt":
    case "prepaid":
      return issuedAt
  }
}

/** The last day on which the early-payment discount may be taken, at the latest that of payment; null without one. */
export function discountUntil(issuedAt: Date, terms: PaymentTerms): Date | null {
  if (!terms.discount) {
    return null
  }
  const until = addDays(issuedAt, terms.discount.days)
  const due = dueDate(issuedAt, terms)
  return until < due ? until : due
}

function earlyPayment({ percent, days }: NonNullable<GivenTerms["discount"]>): EarlyPaymentDiscount {
  const given = String(percent)
  if (!/^\d{1,2}(\.\d{1,4})?$/.test(given) || MathBN.lte(given, 0)) {
    throw invalid("discount.percent", `${given} is no percentage above 0 and below 100.`)
  }
  return { percent: decimalString(given), days: wholeDays(days, "discount.days") }
}

function wholeDays(days: number | undefined, field: string): number {
  if (days === undefined || !Number.isInteger(days) || days < 0 || days > MAX_TERMS_DAYS) {
    throw invalid(field, `Terms are 0 to ${MAX_TERMS_DAYS} whole days, got ${days}.`)
  }
  return days
}

function invalid(field: string, message: string): WholesaleError {
  return new WholesaleError(400, "invalid_terms", message, { field })
}
