import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { allocate } from "../../../lib/money/allocate"
import type { Amount } from "../../../lib/money/amount"
import { decimalString, lineAmount, roundAmount, sumAmounts } from "../../../lib/money/amount"

export interface InvoiceLineInput {
  readonly order_line_id: string
  readonly sku: string
  readonly title: string
  readonly quantity: number
  /** Net, in major units; may have more digits than the currency. */
  readonly unit_price: Amount
  /** Percent, `"7.25"`. */
  readonly tax_rate: string
}

/** How a rate is called on the document. */
export interface TaxLabel {
  readonly rate: string
  readonly code?: string | null
  readonly name?: string | null
}

export interface TaxSummaryRow {
  readonly code: string | null
  readonly name: string
  readonly rate: string
  readonly base: Amount
  readonly tax: Amount
}

export interface InvoiceTotals {
  /** In the order of the lines given. */
  readonly lines: { readonly subtotal: Amount; readonly tax_total: Amount }[]
  readonly subtotal: Amount
  readonly tax_total: Amount
  readonly total: Amount
  readonly tax_summary: TaxSummaryRow[]
}

/**
 * Totals of an invoice. A line is rounded once, the tax once per rate on the sum of its lines, and
 * each rate's tax is shared out over its lines so that the shares sum to it: Σ lines = total.
 *
 * 3 × 9.99 at 7.25 % is 29.97 + 2.17 (29.97 × 0.0725 = 2.172825) = 32.14.
 *
 * @throws WholesaleError 400 `invalid_invoice_line`
 */
export function calculateInvoiceTotals(
  lines: readonly InvoiceLineInput[],
  currencyCode: string,
  labels: readonly TaxLabel[] = []
): InvoiceTotals {
  assertLines(lines)
  const subtotals = lines.map((line) => lineAmount(line.quantity, line.unit_price, currencyCode))
  const shares = lines.map(() => roundAmount(0, currencyCode))
  const rates = [...new Set(lines.map((line) => decimalString(line.tax_rate)))]

  const tax_summary = rates.map((rate) => {
    const members = lines.flatMap((line, index) =>
      decimalString(line.tax_rate) === rate ? [index] : []
    )
    const bases = members.map((index) => subtotals[index])
    const base = sumAmounts(bases, currencyCode)
    const tax = roundAmount(MathBN.div(MathBN.mult(base, rate), 100), currencyCode)
    allocate(tax, bases, currencyCode).forEach((share, position) => {
      shares[members[position]] = share
    })
    const label = labels.find((candidate) => MathBN.eq(candidate.rate, rate))
    return { code: label?.code ?? null, name: label?.name ?? `${rate} %`, rate, base, tax }
  })

  const subtotal = sumAmounts(subtotals, currencyCode)
  const tax_total = sumAmounts(tax_summary.map((row) => row.tax), currencyCode)
  return {
    lines: subtotals.map((amount, index) => ({ subtotal: amount, tax_total: shares[index] })),
    subtotal,
    tax_total,
    total: sumAmounts([subtotal, tax_total], currencyCode),
    tax_summary,
  }
}

function assertLines(lines: readonly InvoiceLineInput[]): void {
  if (lines.length === 0) {
    throw new WholesaleError(400, "invalid_invoice_line", "An invoice needs at least one line.")
  }
  const wrong = lines.find(
    ({ quantity, unit_price, tax_rate }) =>
      !Number.isInteger(quantity) ||
      quantity < 1 ||
      MathBN.lt(unit_price, 0) ||
      MathBN.lt(tax_rate, 0)
  )
  if (wrong) {
    const { sku, quantity, unit_price, tax_rate } = wrong
    throw new WholesaleError(
      400,
      "invalid_invoice_line",
      `The invoice line of ${sku} needs a whole quantity above zero and a price and tax rate of zero or more.`,
      { sku, quantity, unit_price, tax_rate }
    )
  }
}
