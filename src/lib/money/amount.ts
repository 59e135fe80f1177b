import type { BigNumberInput } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { currencyDigits } from "./currency-digits"

/**
 * An amount in major units of a currency as a plain decimal string, `"1200.00"`: exact, comparable
 * in JSON, and the form in which amounts travel between modules, in documents and in errors.
 */
export type Amount = string

/** BigNumber.js rounding mode "half away from zero", which commerce calls half up. */
const ROUND_HALF_UP = 4

/**
 * Rounds half away from zero to the digits of the currency.
 *
 * @throws RangeError where the value is no finite number, so that no `NaN` reaches a document
 */
export function roundAmount(value: BigNumberInput, currencyCode: string): Amount {
  const digits = currencyDigits(currencyCode)
  const rounded = finite(value).decimalPlaces(digits, ROUND_HALF_UP)
  return (rounded.isZero() ? rounded.abs() : rounded).toFixed(digits)
}

/** Sum of values, added exactly and rounded once, to the digits of the currency. */
export function sumAmounts(values: readonly BigNumberInput[], currencyCode: string): Amount {
  return roundAmount(MathBN.sum(0, ...values), currencyCode)
}

/** `left − right`, rounded once to the digits of the currency. */
export function subtractAmounts(
  left: BigNumberInput,
  right: BigNumberInput,
  currencyCode: string
): Amount {
  return roundAmount(MathBN.sub(left, right), currencyCode)
}

export function negateAmount(value: BigNumberInput, currencyCode: string): Amount {
  return roundAmount(MathBN.mult(value, -1), currencyCode)
}

/** Net amount of a document line: quantity × unit price, rounded once. */
export function lineAmount(
  quantity: BigNumberInput,
  unitPrice: BigNumberInput,
  currencyCode: string
): Amount {
  return roundAmount(MathBN.mult(quantity, unitPrice), currencyCode)
}

/** Whether the value can be written in the currency without rounding. */
export function isExactAmount(value: BigNumberInput, currencyCode: string): boolean {
  return MathBN.eq(value, roundAmount(value, currencyCode))
}

/**
 * A decimal string without exponent or trailing zeros, for values that are no document amount
 * (unit prices, rates): `"2.55"`, `"0.0725"`.
 *
 * @throws RangeError where the value is no finite number
 */
export function decimalString(value: BigNumberInput): string {
  const decimal = finite(value)
  return (decimal.isZero() ? decimal.abs() : decimal).toFixed()
}

function finite(value: BigNumberInput): ReturnType<typeof MathBN.convert> {
  const decimal = MathBN.convert(value)
  if (!decimal.isFinite()) {
    throw new RangeError(`${JSON.stringify(value)} is no amount.`)
  }
  return decimal
}
