import { MathBN } from "@medusajs/framework/utils"

import { decimalString, roundAmount, subtractAmounts, sumAmounts, type Amount } from "../../src/lib/money/amount"
import { CURRENCY, refuse, type GoodsRow, type RefusedRow } from "./judge-row"

/** An invoiced line of the customer, with what is left of it to take back. */
export interface Purchase {
  readonly invoice_id: string
  readonly line_id: string
  readonly sku: string
  readonly unit_price: Amount
  /** Whole units. */
  readonly left: number
  readonly amount_left: Amount
}

/** What a credit note takes of one line. */
export interface CreditedLine {
  readonly line_id: string
  readonly quantity: number
  /** Given where it is not the line's own price that is taken back. */
  readonly amount?: Amount
}

export interface Credits {
  readonly by_invoice: ReadonlyMap<string, readonly CreditedLine[]>
  readonly credited: Amount
  readonly refused: readonly RefusedRow[]
}

interface Taken {
  quantity: number
  amount: Amount
}

/**
 * Finds the purchases that the rows of a cancellation take back, the latest first, those at the row's
 * own price before others; a row may take of several. A row is taken back whole, at its own price, or
 * refused: never more units than are left of the purchases, nor more money than is left of a line.
 *
 * @param purchases the customer's, latest first
 */
export function allocateCredits(rows: readonly GoodsRow[], purchases: readonly Purchase[]): Credits {
  const taken = new Map<Purchase, Taken>()
  const refused: RefusedRow[] = []
  for (const row of rows) {
    const refusal = take(row, purchases.filter(({ sku }) => sku === row.sku), taken)
    if (refusal) {
      refused.push(refusal)
    }
  }
  const by_invoice = new Map<string, CreditedLine[]>()
  for (const [purchase, { quantity, amount }] of taken) {
    const { invoice_id, line_id } = purchase
    const own = MathBN.eq(amount, shareOf(purchase, quantity)) ? {} : { amount }
    by_invoice.set(invoice_id, [...(by_invoice.get(invoice_id) ?? []), { line_id, quantity, ...own }])
  }
  const credited = sumAmounts([...taken.values()].map(({ amount }) => amount), CURRENCY)
  return { by_invoice, credited, refused }
}

/** Takes the row of the purchases, or says why not and takes nothing. */
function take(row: GoodsRow, bought: readonly Purchase[], taken: Map<Purchase, Taken>): RefusedRow | undefined {
  const leftOf = (purchase: Purchase) => purchase.left - (taken.get(purchase)?.quantity ?? 0)
  const left = bought.reduce((sum, purchase) => sum + leftOf(purchase), 0)
  if (bought.length === 0) {
    return refuse(row, "no_earlier_purchase", row.sku)
  }
  if (left < row.quantity) {
    return refuse(row, "more_than_left", `${row.sku}: ${row.quantity} of ${left}`)
  }
  const isSamePrice = (purchase: Purchase) => MathBN.eq(purchase.unit_price, row.unit_price)
  const parts = new Map<Purchase, Taken>()
  let open = row.quantity
  for (const purchase of [...bought.filter(isSamePrice), ...bought.filter((one) => !isSamePrice(one))]) {
    const quantity = Math.min(open, leftOf(purchase))
    if (quantity > 0) {
      const before = taken.get(purchase) ?? { quantity: 0, amount: "0" }
      const amount = sumAmounts([before.amount, MathBN.mult(quantity, row.unit_price)], CURRENCY)
      parts.set(purchase, { quantity: before.quantity + quantity, amount })
      open -= quantity
    }
  }
  const dear = [...parts].find(([purchase, { amount }]) => MathBN.gt(amount, purchase.amount_left))
  if (dear) {
    const asked = decimalString(subtractAmounts(0, row.amount, CURRENCY))
    return refuse(row, "credit_exceeds_purchase", `${row.sku}: ${asked}, bought at ${dear[0].unit_price}`)
  }
  parts.forEach((part, purchase) => taken.set(purchase, part))
  return undefined
}

/** What a credit note over units alone takes: their part of what is left of the line. */
function shareOf({ left, amount_left }: Purchase, quantity: number): Amount {
  return roundAmount(MathBN.div(MathBN.mult(amount_left, quantity), left), CURRENCY)
}
