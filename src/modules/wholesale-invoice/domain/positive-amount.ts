import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { isExactAmount, roundAmount } from "../../../lib/money/amount"

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
