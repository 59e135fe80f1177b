import { MathBN } from "@medusajs/framework/utils"

import type { Amount } from "../../../lib/money/amount"
import { roundAmount, subtractAmounts } from "../../../lib/money/amount"

/** An open invoice whose terms give a discount, as far as payments before this one have taken it. */
export interface DiscountBasis {
  readonly currency_code: string
  /** `"2"` of "2/10 net 30". */
  readonly percent: string
  readonly outstanding: Amount
  /** Money that came with a discount so far. */
  readonly discounted_paid: Amount
  /** The discounts that came with it. */
  readonly discount_total: Amount
}

/**
 * The money that closes the invoice now: all that may still be discounted, less the percentage, rounded
 * half up, less what came before. 10 % on 1,725.05: 1,725.05 × 0.90 = 1,552.545 → 1,552.55. Where that
 * would be nothing, as a discount was made smaller after the payment, it is all that is open.
 */
export function payableWithDiscount(basis: DiscountBasis): Amount {
  const payable = subtractAmounts(payableInAll(basis), basis.discounted_paid, basis.currency_code)
  return MathBN.gt(payable, 0) ? payable : basis.outstanding
}

/**
 * The discount that goes with a payment of this much. Who pays all that is payable gets the remainder;
 * who pays a part gets its part: 2,450 at 2 % settles 2,450 ÷ 0.98 = 2,500. Reckoned from the sum of
 * all discounted payments, so that payments in parts take exactly what one payment would.
 */
export function discountFor(basis: DiscountBasis, money: Amount): Amount {
  const { currency_code, outstanding, discounted_paid, discount_total, percent } = basis
  const open = subtractAmounts(outstanding, money, currency_code)
  const paid = MathBN.add(discounted_paid, money)
  if (MathBN.gte(paid, payableInAll(basis))) {
    return open
  }
  const settled = roundAmount(MathBN.div(MathBN.mult(paid, 100), left(percent)), currency_code)
  const discount = MathBN.sub(MathBN.sub(settled, paid), discount_total)
  return roundAmount(MathBN.max(0, MathBN.min(discount, open)), currency_code)
}

function payableInAll({ currency_code, percent, outstanding, discounted_paid, discount_total }: DiscountBasis): Amount {
  const whole = MathBN.sum(outstanding, discounted_paid, discount_total)
  return roundAmount(MathBN.div(MathBN.mult(whole, left(percent)), 100), currency_code)
}

/** What is left of a hundred. */
const left = (percent: string) => MathBN.sub(100, percent)
