import type { Amount } from "../../../lib/money/amount"
import { subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import { nonNegativeAmount } from "../../../lib/money/exact-amount"

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
 * For who writes something else before the limit is set. No limit, and none given, is one that can be set.
 *
 * @throws WholesaleError 400 `invalid_amount` for a negative one, or one with more digits than the currency
 */
export function assertLimit(limit: Amount | null | undefined, currencyCode: string): void {
  if (limit !== null && limit !== undefined) {
    nonNegativeAmount(limit, currencyCode)
  }
}
