import { MathBN } from "@medusajs/framework/utils"

import type { Amount } from "../../../lib/money/amount"

/** The charges that are to be paid; what is free for the order stands in it, and on no invoice. */
export function charged<Charge extends { readonly amount: Amount }>(charges: readonly Charge[]): Charge[] {
  return charges.filter(({ amount }) => MathBN.gt(amount, 0))
}
