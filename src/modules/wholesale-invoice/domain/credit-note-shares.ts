import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { allocate } from "../../../lib/money/allocate"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import type { TaxSummaryRow } from "./invoice-totals"

/** An invoice line with what earlier credit notes took from it. */
export interface CreditableLine {
  readonly id: string
  readonly sku: string
  readonly title: string
  readonly quantity: number
  readonly subtotal: Amount
  readonly tax_rate: string
  readonly tax_code: string | null
  readonly tax_total: Amount
  readonly credited_quantity: number
  readonly credited_amount: Amount
  readonly credited_tax: Amount
}

export interface CreditNoteLine {
  readonly line_id: string
  readonly sku: string
  readonly title: string
  /** null on a note over an amount: it lowers the price and takes no goods back. */
  readonly quantity: number | null
  readonly tax_rate: string
  readonly tax_code: string | null
  readonly subtotal: Amount
  readonly tax: Amount
}

export interface QuantityToCredit {
  readonly line_id: string
  readonly quantity: number
}

/**
 * The shares of a credit note over quantities. A quantity takes its part of what is left of the
 * line's net amount and tax, so that the last piece takes the rest: notes over all pieces of all
 * lines sum exactly to the invoice, and a piece whose price was lowered by an earlier note is worth
 * that much less. A line named twice counts together.
 *
 * @throws WholesaleError 400 `unknown_invoice_line`, 400 `invalid_quantity`, 409
 * `credit_exceeds_line` with `quantity`, `credited_quantity`, `remaining_quantity`, `asked`, `over_by`
 */
export function creditQuantities(
  lines: readonly CreditableLine[],
  asked: readonly QuantityToCredit[],
  currencyCode: string
): CreditNoteLine[] {
  const byId = new Map(lines.map((line) => [line.id, line]))
  const quantities = new Map<string, number>()
  for (const { line_id, quantity } of asked) {
    if (!byId.has(line_id)) {
      throw new WholesaleError(
        400,
        "unknown_invoice_line",
        `Line ${line_id} does not stand on the invoice.`,
        { line_id }
      )
    }
    if (!Number.isInteger(quantity) || quantity < 1) {
      throw new WholesaleError(
        400,
        "invalid_quantity",
        `A credited quantity is a whole number above zero, not ${quantity}.`,
        { line_id, quantity }
      )
    }
    quantities.set(line_id, (quantities.get(line_id) ?? 0) + quantity)
  }
  return lines.flatMap((line) => {
    const quantity = quantities.get(line.id)
    return quantity === undefined ? [] : [creditOfQuantity(line, quantity, currencyCode)]
  })
}

/**
 * The shares of a credit note over an amount, tax included: spread over the lines by what is left of
 * each, and within a line by what is left of its net amount and tax.
 *
 * The caller has checked that the amount is not more than what is left of the invoice.
 */
export function creditAmount(
  lines: readonly CreditableLine[],
  amount: Amount,
  currencyCode: string
): CreditNoteLine[] {
  const left = lines.map((line) => remainingOf(line, currencyCode))
  const parts = allocate(
    amount,
    left.map(({ net, tax }) => MathBN.add(net, tax)),
    currencyCode
  )
  return lines.flatMap((line, index) => {
    const part = parts[index]
    if (MathBN.eq(part, 0)) {
      return []
    }
    const { net, tax } = left[index]
    const subtotal = roundAmount(
      MathBN.div(MathBN.mult(part, net), MathBN.add(net, tax)),
      currencyCode
    )
    return [noteLine(line, null, subtotal, subtractAmounts(part, subtotal, currencyCode))]
  })
}

/** The note's part of each tax of the invoice, in its order; taxes without a part are left out. */
export function creditNoteTaxSummary(
  lines: readonly CreditNoteLine[],
  invoiceSummary: readonly TaxSummaryRow[],
  currencyCode: string
): TaxSummaryRow[] {
  return invoiceSummary.flatMap((row) => {
    const members = lines.filter(
      (line) => line.tax_code === row.code && MathBN.eq(line.tax_rate, row.rate)
    )
    const { subtotal, tax_total } = creditNoteTotals(members, currencyCode)
    return members.length ? [{ ...row, base: subtotal, tax: tax_total }] : []
  })
}

export function creditNoteTotals(
  lines: readonly CreditNoteLine[],
  currencyCode: string
): { subtotal: Amount; tax_total: Amount; total: Amount } {
  const subtotal = sumAmounts(lines.map((line) => line.subtotal), currencyCode)
  const tax_total = sumAmounts(lines.map((line) => line.tax), currencyCode)
  return { subtotal, tax_total, total: sumAmounts([subtotal, tax_total], currencyCode) }
}

function creditOfQuantity(
  line: CreditableLine,
  quantity: number,
  currencyCode: string
): CreditNoteLine {
  const remaining = line.quantity - line.credited_quantity
  if (quantity > remaining) {
    throw new WholesaleError(
      409,
      "credit_exceeds_line",
      `${quantity} of ${line.sku} cannot be credited: of ${line.quantity} invoiced, ` +
        `${line.credited_quantity} are credited already and ${remaining} are left.`,
      {
        line_id: line.id,
        sku: line.sku,
        quantity: line.quantity,
        credited_quantity: line.credited_quantity,
        remaining_quantity: remaining,
        asked: quantity,
        over_by: quantity - remaining,
      }
    )
  }
  const { net, tax } = remainingOf(line, currencyCode)
  const share = (left: Amount) =>
    roundAmount(MathBN.div(MathBN.mult(left, quantity), remaining), currencyCode)
  return noteLine(line, quantity, share(net), share(tax))
}

function remainingOf(line: CreditableLine, currencyCode: string): { net: Amount; tax: Amount } {
  return {
    net: subtractAmounts(line.subtotal, line.credited_amount, currencyCode),
    tax: subtractAmounts(line.tax_total, line.credited_tax, currencyCode),
  }
}

function noteLine(
  line: CreditableLine,
  quantity: number | null,
  subtotal: Amount,
  tax: Amount
): CreditNoteLine {
  const { id: line_id, sku, title, tax_rate, tax_code } = line
  return { line_id, sku, title, quantity, tax_rate, tax_code, subtotal, tax }
}
