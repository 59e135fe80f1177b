import { MathBN } from "@medusajs/framework/utils"

import { decimalString, lineAmount, roundAmount, sumAmounts, type Amount } from "../../../lib/money/amount"

export interface LineToTotal {
  readonly quantity: number
  /** Net price of one unit in major units. */
  readonly unit_price: string
  /** Percent: `"7.25"`. */
  readonly tax_rate: string
  readonly tax_code: string | null
  readonly tax_name: string | null
}

/** Tax of one rate on the document. */
export interface TaxSummaryEntry {
  readonly code: string | null
  readonly name: string | null
  readonly rate: string
  readonly base: Amount
  readonly tax: Amount
}

export interface OrderTotals {
  /** Net amount of each line, in the order of the lines. */
  readonly line_subtotals: readonly Amount[]
  readonly subtotal: Amount
  readonly tax_total: Amount
  readonly total: Amount
  readonly tax_summary: readonly TaxSummaryEntry[]
}

/**
 * Totals of a document: each line is rounded once to the digits of the currency, and the tax of a rate
 * once, on the sum of its lines. So Σ lines = subtotal, Σ bases = subtotal, subtotal + Σ taxes = total.
 * Rates stand in the order in which lines first name them; untaxed lines make a rate of their own.
 */
export function calculateOrderTotals(lines: readonly LineToTotal[], currencyCode: string): OrderTotals {
  const lineSubtotals = lines.map((line) => lineAmount(line.quantity, line.unit_price, currencyCode))
  const rates = new Map<string, { line: LineToTotal; subtotals: Amount[] }>()
  lines.forEach((line, index) => {
    const key = JSON.stringify([line.tax_code, decimalString(line.tax_rate)])
    const rate = rates.get(key) ?? { line, subtotals: [] }
    rate.subtotals.push(lineSubtotals[index])
    rates.set(key, rate)
  })
  const summary = [...rates.values()].map(({ line, subtotals }) => {
    const base = sumAmounts(subtotals, currencyCode)
    return {
      code: line.tax_code,
      name: line.tax_name,
      rate: decimalString(line.tax_rate),
      base,
      tax: roundAmount(MathBN.div(MathBN.mult(base, line.tax_rate), 100), currencyCode),
    }
  })
  const subtotal = sumAmounts(lineSubtotals, currencyCode)
  const taxTotal = sumAmounts(
    summary.map(({ tax }) => tax),
    currencyCode
  )
  return {
    line_subtotals: lineSubtotals,
    subtotal,
    tax_total: taxTotal,
    total: sumAmounts([subtotal, taxTotal], currencyCode),
    tax_summary: summary,
  }
}
