import { exactAmount, nonNegativeAmount } from "../../../lib/money/exact-amount"
import type { Amount } from "../../../lib/money/amount"
import { negateAmount } from "../../../lib/money/amount"

/** The kinds that move one order's credit; what they do to it says `reservation.ts`. */
export const RESERVATION_KINDS = [
  "reserve",
  "void",
  "post",
  "unpost",
  "restore",
  "suspend",
  "resume",
] as const

/**
 * The kinds that move the balance by themselves, and how an amount of each moves it. What comes in,
 * is credited or let go lessens what the account owes; its reversal, money paid back and late charges
 * raise it; differences and adjustments carry their own sign.
 */
const BALANCE_EFFECT = {
  invoice_difference: "signed",
  payment: "lessens",
  payment_void: "raises",
  credit_note: "lessens",
  refund: "raises",
  discount: "lessens",
  discount_void: "raises",
  write_off: "lessens",
  write_off_void: "raises",
  late_charge: "raises",
  late_charge_void: "lessens",
  adjustment: "signed",
} as const satisfies Record<string, "raises" | "lessens" | "signed">

export type RecordableKind = keyof typeof BALANCE_EFFECT

export type CreditEntryKind = (typeof RESERVATION_KINDS)[number] | RecordableKind

export const RECORDABLE_KINDS = Object.keys(BALANCE_EFFECT) as RecordableKind[]

export const CREDIT_ENTRY_KINDS: readonly CreditEntryKind[] = [...RESERVATION_KINDS, ...RECORDABLE_KINDS]

/**
 * The change of the balance that an amount of this kind makes.
 *
 * @throws WholesaleError 400 `invalid_amount` for an amount with fractions of the currency's smallest
 * unit, or a negative one of a kind that carries no sign
 */
export function balanceDelta(kind: RecordableKind, amount: Amount, currencyCode: string): Amount {
  if (BALANCE_EFFECT[kind] === "signed") {
    return exactAmount(amount, currencyCode)
  }
  const positive = nonNegativeAmount(amount, currencyCode)
  return BALANCE_EFFECT[kind] === "raises" ? positive : negateAmount(positive, currencyCode)
}
