import type { Amount } from "../../lib/money/amount"

/**
 * An amount as JSON shows it. A decimal string that was rounded to its currency reads back as the
 * nearest double, which prints with the same digits.
 */
export function amountNumber(amount: Amount): number {
  return Number(amount)
}
