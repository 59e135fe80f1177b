import { unitsOf } from "./decimal"
import type { CreateOrderBody } from "./types/requests"
import type { ChargeKind } from "./types/pricing"

export const CHARGE_KINDS: readonly ChargeKind[] = ["shipping", "handling"]

/** A charge as it is typed. */
export interface ChargeDraft {
  /** Names the row while it is typed. */
  readonly key: number
  readonly kind: ChargeKind
  readonly name: string
  readonly amount: string
}

/**
 * What the API takes of charges that were agreed by hand, in the place of the store's rules; an empty list
 * charges nothing.
 *
 * @returns undefined while a name or an amount is missing
 */
export function chargesOf(drafts: readonly ChargeDraft[]): CreateOrderBody["charges"] {
  const charges = drafts.map(({ kind, name, amount }) => ({ kind, name: name.trim(), amount: amount.trim() }))
  return charges.every(({ name, amount }) => name !== "" && (unitsOf(amount) ?? 0n) > 0n) ? charges : undefined
}
