import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../errors/wholesale-error"
import { isExactAmount, roundAmount, type Amount } from "./amount"

/** @throws WholesaleError 400 `invalid_amount` unless zero or more, exact in the currency */
export function nonNegativeAmount(amount: Amount, currencyCode: string): Amount {
  if (MathBN.lt(amount, 0)) {
    throw invalidAmount(amount, currencyCode, "must not be negative")
  }
  return exactAmount(amount, currencyCode)
}

/** @throws WholesaleError 400 `invalid_amount` where it has fractions of the currency's smallest unit */
export function exactAmount(amount: Amount, currencyCode: string): Amount {
  if (!isExactAmount(amount, currencyCode)) {
    throw invalidAmount(amount, currencyCode, "has more digits than the currency")
  }
  return roundAmount(amount, currencyCode)
}

/** @throws WholesaleError 400 `invalid_amount` unless above zero and exact in the currency */
export function positiveAmount(amount: Amount, currencyCode: string): Amount {
  if (MathBN.lte(amount, 0) || !isExactAmount(amount, currencyCode)) {
    throw new WholesaleError(
      400,
      "invalid_amount",
      `${amount} is no amount above zero with the digits of ${currencyCode.toUpperCase()}.`,
      { amount, currency_code: currencyCode }
    )
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
