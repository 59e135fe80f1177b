import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import { nonNegativeAmount } from "./credit-entry"

export interface CreditPosition {
  readonly account_id: string
  readonly currency_code: string
  /** null: no limit; "0.00": nothing on account. */
  readonly credit_limit: Amount | null
  /** What the account owes; below zero it has credit on account. */
  readonly balance: Amount
  readonly reserved: Amount
}

/** Posted balance and reservations together. Credit on account makes room for orders. */
export function exposureOf({ balance, reserved, currency_code }: CreditPosition): Amount {
  return sumAmounts([balance, reserved], currency_code)
}

/** What may still be ordered on account, null without a limit; below zero when over the limit. */
export function availableCredit(position: CreditPosition): Amount | null {
  return position.credit_limit === null
    ? null
    : subtractAmounts(position.credit_limit, exposureOf(position), position.currency_code)
}

/**
 * Whether an order of this amount stays within the limit. Exactly the limit is within. An order
 * that costs nothing adds no exposure and is always within.
 *
 * @throws WholesaleError 409 `credit_limit_exceeded` with `limit`, `exposure`, `order_amount`, `over_by`
 */
export function assertWithinLimit(position: CreditPosition, amount: Amount): void {
  const { credit_limit: limit, currency_code: currency, account_id } = position
  if (limit === null || MathBN.eq(amount, 0)) {
    return
  }
  const exposure = exposureOf(position)
  const after = sumAmounts([exposure, amount], currency)
  if (MathBN.lte(after, limit)) {
    return
  }
  const over = subtractAmounts(after, limit, currency)
  const code = currency.toUpperCase()
  throw new WholesaleError(
    409,
    "credit_limit_exceeded",
    `The order over ${amount} ${code} would bring account ${account_id} to ${after} ${code}, ` +
      `${over} ${code} over its credit limit of ${limit} ${code}.`,
    {
      account_id,
      currency_code: currency,
      limit: roundAmount(limit, currency),
      exposure,
      order_amount: roundAmount(amount, currency),
      over_by: over,
    }
  )
}

/**
 * For who writes something else before the limit is set. No limit, and none given, is one that can be set.
 *
 * @throws WholesaleError 400 `invalid_amount` for a negative one, or one with more digits than the currency
 */
export function assertLimit(limit: Amount | null | undefined, currencyCode: string): void {
  if (limit !== null && limit !== undefined) {
    nonNegativeAmount(limit, currencyCode)
  }
}
