import type { ChargeKind } from "../../../lib/charges/charge"
import { shippingCost, shipsFree } from "../../../lib/charges/free-shipping"
import { isCollected, type FulfilmentMethod } from "../../../lib/fulfilment/methods"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"

export interface ChargeRule {
  readonly kind: ChargeKind
  readonly name: string
  /** Net, in major units. */
  readonly amount: Amount
  readonly currency_code: string
  /** Null: every method, of shipping those by which goods are brought. */
  readonly fulfilment_method: FulfilmentMethod | null
  readonly active: boolean
}

/** From which amount of goods an account ships for nothing. */
export interface FreeShipping {
  readonly from: Amount
  readonly currency_code: string
}

export interface ChargedOrder {
  readonly fulfilment_method: FulfilmentMethod
  readonly currency_code: string
  /** Net, of the goods. */
  readonly subtotal: Amount
}

export interface Charge {
  readonly kind: ChargeKind
  readonly name: string
  /** Net; 0 for shipping that is free. */
  readonly amount: Amount
  /** What free shipping would have cost. */
  readonly waived_amount: Amount | null
}

/**
 * What an order is charged beside its goods: by the active rules of its currency and method, in their
 * order. Shipping is free from the threshold on, the threshold itself included, where it is in the
 * order's currency; it then stands with an amount of 0 beside what it would have cost. Handling never is.
 */
export function chargesOf(
  rules: readonly ChargeRule[],
  order: ChargedOrder,
  freeShipping: FreeShipping | null
): Charge[] {
  const isFree =
    freeShipping !== null &&
    freeShipping.currency_code === order.currency_code &&
    shipsFree(order.subtotal, freeShipping.from)
  return rules
    .filter((rule) => rule.active && rule.currency_code === order.currency_code && applies(rule, order))
    .map(({ kind, name, amount }) => {
      const net = roundAmount(amount, order.currency_code)
      return { kind, name, ...shippingCost(net, isFree && kind === "shipping", order.currency_code) }
    })
}

function applies({ kind, fulfilment_method }: ChargeRule, order: ChargedOrder): boolean {
  return fulfilment_method === null
    ? kind === "handling" || !isCollected(order.fulfilment_method)
    : fulfilment_method === order.fulfilment_method
}
