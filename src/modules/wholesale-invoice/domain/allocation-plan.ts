import { MathBN } from "@medusajs/framework/utils"

import { calendarDay } from "../../../lib/calendar/days"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import { discountFor, payableWithDiscount } from "./early-payment-discount"

export const ALLOCATION_STRATEGIES = ["oldest_first", "due_date", "by_choice", "unapplied"] as const
/**
 * Which invoices money goes to: those issued first, those due first, the ones that are named, or none:
 * then it stays on the account.
 */
export type AllocationStrategy = (typeof ALLOCATION_STRATEGIES)[number]

/** `invoice`: the invoice before its late charges; `charges`: fees, then interest, then the invoice. */
export const SETTLE_FIRST = ["invoice", "charges"] as const
export type SettleFirst = (typeof SETTLE_FIRST)[number]

export interface OpenCharge {
  readonly id: string
  readonly kind: "fee" | "interest"
  readonly outstanding: Amount
  readonly charged_at: Date
}

/** An invoice of which something is to be paid, as a payment finds it. */
export interface OpenItem {
  readonly invoice_id: string
  readonly number: string
  readonly issued_at: Date
  readonly due_at: Date
  readonly outstanding: Amount
  readonly charges: readonly OpenCharge[]
  /** What paying early is worth, and until when; null without such terms. */
  readonly discount: {
    readonly percent: string
    readonly until: Date
    readonly discounted_paid: Amount
    readonly discount_total: Amount
  } | null
}

export interface Choice {
  readonly invoice_id: string
  readonly amount: Amount
}

export interface PlanInput {
  readonly currency_code: string
  readonly amount: Amount
  readonly items: readonly OpenItem[]
  readonly strategy: AllocationStrategy
  /** Of `by_choice`: what goes to which invoice, at most what is open on it. */
  readonly choices?: readonly Choice[]
  /** When the money was there: a discount counts by this day. Null: none may be taken. */
  readonly paid_on: Date | null
  /** A residue up to this is written off; null: none is. */
  readonly write_off_tolerance: Amount | null
  readonly settle_first: SettleFirst
}

/** What a payment does to one invoice. */
export interface PlannedSettlement {
  readonly invoice_id: string
  /** Money put to the invoice itself. */
  readonly paid: Amount
  readonly discount: Amount
  readonly written_off: Amount
  readonly charges: readonly { readonly id: string; readonly amount: Amount }[]
}

/**
 * Where an amount goes. Pure: the same input gives the same plan. Early-payment discounts are taken as
 * far as date and money allow, and a residue within the tolerance is written off, both only on invoices
 * that money goes to.
 *
 * @returns the settlements in the order in which the money went, and what is left of it
 */
export function planAllocation(input: PlanInput): {
  settlements: PlannedSettlement[]
  unapplied: Amount
} {
  const { currency_code, amount } = input
  const settlements: PlannedSettlement[] = []
  let unapplied = amount
  for (const { item, most } of inTurn(input)) {
    const budget = most ?? unapplied
    if (MathBN.lte(budget, 0)) {
      break
    }
    const settlement = settle(input, item, budget, most !== undefined)
    const spent = sumAmounts(
      [settlement.paid, ...settlement.charges.map((charge) => charge.amount)],
      currency_code
    )
    if (MathBN.gt(spent, 0)) {
      settlements.push(settlement)
      unapplied = subtractAmounts(unapplied, spent, currency_code)
    }
  }
  return { settlements, unapplied }
}

/** What is open on the invoice with its late charges. */
export function openInAll(item: OpenItem, currencyCode: string): Amount {
  return sumAmounts(
    [item.outstanding, ...item.charges.map(({ outstanding }) => outstanding)],
    currencyCode
  )
}

function inTurn({ items, strategy, choices = [] }: PlanInput): { item: OpenItem; most?: Amount }[] {
  const times = (by: "issued_at" | "due_at") => (left: OpenItem, right: OpenItem) =>
    left[by].getTime() - right[by].getTime()
  const byNumber = (left: OpenItem, right: OpenItem) => (left.number < right.number ? -1 : 1)
  switch (strategy) {
    case "oldest_first":
      return sorted(items, times("issued_at"), byNumber)
    case "due_date":
      return sorted(items, times("due_at"), times("issued_at"), byNumber)
    case "by_choice": {
      const itemOf = new Map(items.map((item) => [item.invoice_id, item]))
      return choices.flatMap(({ invoice_id, amount }) => {
        const item = itemOf.get(invoice_id)
        return item ? [{ item, most: amount }] : []
      })
    }
    case "unapplied":
      return []
  }
}

function sorted(
  items: readonly OpenItem[],
  ...orders: ((left: OpenItem, right: OpenItem) => number)[]
): { item: OpenItem }[] {
  const compare = (left: OpenItem, right: OpenItem) =>
    orders.reduce((order, by) => order || by(left, right), 0)
  return [...items].sort(compare).map((item) => ({ item }))
}

/** @param chosen people named the amount: it goes to the invoice whole, and the discount fills what is open */
function settle(
  input: PlanInput,
  item: OpenItem,
  budget: Amount,
  chosen: boolean
): PlannedSettlement {
  const { currency_code, settle_first } = input
  const nothing = roundAmount(0, currency_code)
  let left = budget
  const spend = (upTo: Amount) => {
    const spent = roundAmount(MathBN.min(left, upTo), currency_code)
    left = subtractAmounts(left, spent, currency_code)
    return spent
  }
  const payCharges = () =>
    [...item.charges]
      .sort((one, other) => (one.kind === other.kind ? 0 : one.kind === "fee" ? -1 : 1))
      .map(({ id, outstanding }) => ({ id, amount: spend(outstanding) }))
      .filter(({ amount }) => MathBN.gt(amount, 0))
  const before = settle_first === "charges" ? payCharges() : []
  const basis = discountBasis(input, item)
  const paid = spend(basis && !chosen ? payableWithDiscount(basis) : item.outstanding)
  const discount = basis && MathBN.gt(paid, 0) ? discountFor(basis, paid) : nothing
  const residue = subtractAmounts(item.outstanding, sumAmounts([paid, discount], currency_code), currency_code)
  return {
    invoice_id: item.invoice_id,
    paid,
    discount,
    written_off: isNegligible(input, paid, residue) ? residue : nothing,
    charges: settle_first === "charges" ? before : payCharges(),
  }
}

function discountBasis({ currency_code, paid_on }: PlanInput, { discount, outstanding }: OpenItem) {
  const inTime = discount && paid_on && calendarDay(paid_on) <= calendarDay(discount.until)
  return inTime ? { ...discount, currency_code, outstanding } : null
}

function isNegligible({ write_off_tolerance }: PlanInput, paid: Amount, residue: Amount): boolean {
  return (
    write_off_tolerance !== null && MathBN.gt(paid, 0) && MathBN.lte(residue, write_off_tolerance)
  )
}
