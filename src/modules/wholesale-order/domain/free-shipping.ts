import type { ChargeKind } from "../../../lib/charges/charge"
import { shippingCost, shipsFree, type ShippingCost } from "../../../lib/charges/free-shipping"
import type { Amount } from "../../../lib/money/amount"

interface WaivableCharge extends ShippingCost {
  readonly kind: ChargeKind
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
  const isFree = shipsFree(subtotal, from)
  return charges.map((charge) =>
    charge.kind !== "shipping" || charge.by_hand
      ? charge
      : { ...charge, ...shippingCost(charge.waived_amount ?? charge.amount, isFree, currency_code) }
  )
}
