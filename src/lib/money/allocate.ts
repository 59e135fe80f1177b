import type { BigNumberInput } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { Amount, roundAmount } from "./amount"
import { currencyDigits } from "./currency-digits"

/**
 * Splits a total by weights so that the parts sum to it exactly and none is further than one minor
 * unit from its exact share (largest remainder method; equal remainders go to the earlier part).
 *
 * The shares are computed in whole minor units by integer division, so no digit is lost however
 * fine the weights are.
 *
 * @param total amount in major units of the currency, rounded to its digits first; may be negative
 * @param weights non-negative; when all are zero the whole total goes to the first part
 * @throws RangeError where a weight is negative or no finite number
 */
export function allocate(
  total: BigNumberInput,
  weights: readonly BigNumberInput[],
  currencyCode: string
): Amount[] {
  const shares = weights.map((weight) => MathBN.convert(weight))
  if (shares.some((share) => !share.isFinite() || share.isLessThan(0))) {
    throw new RangeError(`An amount is split by weights of zero or more, got ${shares.join(", ")}.`)
  }
  if (shares.length === 0) {
    return []
  }
  const whole = MathBN.convert(roundAmount(total, currencyCode))
  const weightSum = MathBN.sum(0, ...shares)
  if (weightSum.isZero()) {
    return shares.map((_, index) => roundAmount(index === 0 ? whole : 0, currencyCode))
  }

  const digits = currencyDigits(currencyCode)
  const units = whole.abs().shiftedBy(digits)
  const parts = shares.map((share, index) => {
    const scaled = share.times(units)
    return {
      index,
      units: scaled.dividedToIntegerBy(weightSum),
      remainder: scaled.modulo(weightSum),
    }
  })
  const missing = units.minus(MathBN.sum(0, ...parts.map((part) => part.units))).toNumber()
  const byRemainder = [...parts].sort(
    (left, right) => right.remainder.comparedTo(left.remainder) || left.index - right.index
  )
  for (const part of byRemainder.slice(0, missing)) {
    part.units = part.units.plus(1)
  }

  const sign = whole.isNegative() ? -1 : 1
  return parts.map((part) => roundAmount(part.units.times(sign).shiftedBy(-digits), currencyCode))
}
