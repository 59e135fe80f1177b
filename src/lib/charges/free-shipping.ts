import { MathBN } from "@medusajs/framework/utils"

import type { Amount } from "../money/amount"
import { roundAmount } from "../money/amount"

/** What shipping costs: its net amount, and what it would have cost where it is free. */
export interface ShippingCost {
  readonly amount: Amount
  readonly waived_amount: Amount | null
}

/**
 * Whether goods of an amount ship for nothing: from the threshold on, the threshold itself included.
 *
 * @param from net amount of the goods; null where shipping is never free
 */
export function shipsFree(subtotal: Amount, from: Amount | null): boolean {
  return from !== null && MathBN.gte(subtotal, from)
}

/** @param full the net amount where it is not free */
export function shippingCost(full: Amount, isFree: boolean, currencyCode: string): ShippingCost {
  return isFree
    ? { amount: roundAmount(0, currencyCode), waived_amount: full }
    : { amount: full, waived_amount: null }
}
