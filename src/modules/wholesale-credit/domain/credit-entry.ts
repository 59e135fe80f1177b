import type { Amount } from "../../../lib/money/amount"
import { isExactAmount, negateAmount, roundAmount } from "../../../lib/money/amount"
import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"

export const CREDIT_ENTRY_KINDS = [
  "reserve",
  "void",
  "post",
  "unpost",
  "restore",
  "invoice_difference",
  "payment",
  "credit_note",
  "refund",
  "adjustment",
] as const

export type CreditEntryKind = (typeof CREDIT_ENTRY_KINDS)[number]

/** The kinds that move the balance by themselves, without a reservation. */
export const RECORDABLE_KINDS = [
  "invoice_difference",
  "payment",
  "credit_note",
  "refund",
  "adjustment",
] as const

export type RecordableKind = (typeof RECORDABLE_KINDS)[number]

/**
 * How an amount moves the balance. A payment and a credit note lessen what the account owes, money
 * paid back to it raises it again; differences and adjustments carry their own sign.
 */
const BALANCE_EFFECT: Record<RecordableKind, "raises" | "lessens" | "signed"> = {
  invoice_difference: "signed",
  payment: "lessens",
  credit_note: "lessens",
  refund: "raises",
  adjustment: "signed",
}

/**
 * The change of the balance that an amount of this kind makes.
 *
 * @throws WholesaleError 400 `invalid_amount` for an amount with fractions of the currency's smallest
 * unit, or a negative one of a kind that carries no sign
 */
export function balanceDelta(kind: RecordableKind, amount: Amount, currencyCode: string): Amount {
  if (BALANCE_EFFECT[kind] === "signed") {
    return exactAmount(amount, currencyCode)
  }
  const positive = nonNegativeAmount(amount, currencyCode)
  return BALANCE_EFFECT[kind] === "raises" ? positive : negateAmount(positive, currencyCode)
}

/** @throws WholesaleError 400 `invalid_amount` unless zero or more, exact in the currency */
export function nonNegativeAmount(amount: Amount, currencyCode: string): Amount {
  if (MathBN.lt(amount, 0)) {
    throw invalidAmount(amount, currencyCode, "must not be negative")
  }
  return exactAmount(amount, currencyCode)
}

function exactAmount(amount: Amount, currencyCode: string): Amount {
  if (!isExactAmount(amount, currencyCode)) {
    throw invalidAmount(amount, currencyCode, "has more digits than the currency")
  }
  return roundAmount(amount, currencyCode)
}

function invalidAmount(amount: Amount, currencyCode: string, why: string): WholesaleError {
  return new WholesaleError(
    400,
    "invalid_amount",
    `Amount ${amount} ${currencyCode.toUpperCase()} ${why}.`,
    { amount, currency_code: currencyCode }
  )
}
