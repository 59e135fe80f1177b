import { decimalOf, sumUnits, unitsOf } from "./decimal"
import type { OpenItem } from "./types/receivables"

/** What was typed beside each invoice. */
export type Choices = Readonly<Record<string, string>>

/** The amounts that are given, as the API takes them. */
export function allocationsOf(choices: Choices): { invoice_id: string; amount: string }[] {
  return Object.entries(choices).flatMap(([invoice_id, typed]) =>
    (unitsOf(typed) ?? 0n) > 0n ? [{ invoice_id, amount: typed.trim() }] : []
  )
}

/** What the choices leave of an amount; below zero where they are more than there is. */
export function leftOf(amount: string | number, choices: Choices): bigint {
  return (unitsOf(amount) ?? 0n) - sumUnits(Object.values(choices))
}

/** Whether each choice is an amount or nothing, some are given, and there is enough for them. */
export function choicesFit(amount: string | number, choices: Choices): boolean {
  const typed = Object.values(choices).filter((each) => each.trim() !== "")
  return (
    typed.length > 0 && typed.every((each) => (unitsOf(each) ?? -1n) >= 0n) && leftOf(amount, choices) >= 0n
  )
}

/**
 * What closes the invoice, as far as the amount goes that the other choices leave.
 *
 * @param paidOn when the money came; null where no discount may be taken
 */
export function fillOf(item: OpenItem, amount: string | number, choices: Choices, paidOn: Date | null): string {
  const { [item.invoice_id]: _own, ...others } = choices
  const left = leftOf(amount, others)
  const closing = unitsOf(closingAmount(item, paidOn)) ?? 0n
  const filled = left < closing ? left : closing
  return filled > 0n ? decimalOf(filled) : ""
}

/** What closes the invoice: less than is open where a discount may still be taken. */
export function closingAmount({ open, late_charges, early }: OpenItem, paidOn: Date | null): string {
  const inTime = early && paidOn && dayOf(paidOn) <= early.until.slice(0, 10)
  return inTime ? decimalOf(sumUnits([early.payable, late_charges])) : decimalOf(sumUnits([open]))
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10)
