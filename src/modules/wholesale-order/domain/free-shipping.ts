import { MathBN } from "@medusajs/framework/utils"

import type { ChargeKind } from "../../../lib/charges/charge"
import { roundAmount, type Amount } from "../../../lib/money/amount"

interface WaivableCharge {
  readonly kind: ChargeKind
  readonly amount: Amount
  readonly waived_amount: Amount | null
  readonly by_hand: boolean
}

/**
 * An order's charges once its goods come to another amount: shipping by the store's rules is free from the
 * threshold on, and costs again below it. What was agreed by hand stays.
 *
 * @param from net amount of the goods; null where shipping is never free
 */
export function reconsiderShipping<Charge extends WaivableCharge>(
  charges: readonly Charge[],
  { subtotal, from, currency_code }: { readonly subtotal: Amount; readonly from: Amount | null; readonly currency_code: string }
): Charge[] {
  const isFree = from !== null && MathBN.gte(subtotal, from)
  return charges.map((charge) => {
    const full = charge.waived_amount ?? charge.amount
    if (charge.kind !== "shipping" || charge.by_hand) {
      return charge
    }
    return isFree
      ? { ...charge, amount: roundAmount(0, currency_code), waived_amount: full }
      : { ...charge, amount: full, waived_amount: null }
  })
}
