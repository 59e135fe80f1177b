import type { BigNumberInput } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { Amount, roundAmount } from "./amount"
import { currencyDigits } from "./currency-digits"

/** BigNumber.js rounding mode "towards zero". */
const ROUND_DOWN = 1

/**
 * Splits a total by weights so that the parts sum to it exactly (largest remainder method; equal
 * remainders go to the earlier part).
 *
 * @param total amount in major units of the currency, at its digits; may be negative
 * @param weights non-negative; when all are zero the whole total goes to the first part
 */
export function allocate(
  total: BigNumberInput,
  weights: readonly BigNumberInput[],
  currencyCode: string
): Amount[] {
  if (weights.length === 0) {
    return []
  }
  const digits = currencyDigits(currencyCode)
  const weightSum = MathBN.sum(0, ...weights)
  if (weightSum.isZero()) {
    return weights.map((_, index) => roundAmount(index === 0 ? total : 0, currencyCode))
  }

  const unit = MathBN.exp(10, -digits)
  const exact = weights.map((weight) => MathBN.div(MathBN.mult(total, weight), weightSum))
  const parts = exact.map((share) => share.decimalPlaces(digits, ROUND_DOWN))
  const left = MathBN.sub(total, MathBN.sum(0, ...parts))
  const step = left.isNegative() ? unit.negated() : unit
  const missing = left.dividedBy(step).decimalPlaces(0).toNumber()

  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share.minus(parts[index]).abs() }))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index)
  for (let given = 0; given < missing; given++) {
    const { index } = byRemainder[given % byRemainder.length]
    parts[index] = parts[index].plus(step)
  }
  return parts.map((part) => roundAmount(part, currencyCode))
}
