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
  /** Of the goods, net. */
  readonly subtotal: Amount
  /** Of shipping and handling, net. */
  readonly charge_total: Amount
  readonly tax_total: Amount
  readonly total: Amount
  readonly tax_summary: readonly TaxSummaryEntry[]
}

export interface TaxedLine extends Pick<LineToTotal, "tax_rate" | "tax_code" | "tax_name"> {
  readonly subtotal: Amount
}

export interface TaxedCharge extends Pick<LineToTotal, "tax_rate" | "tax_code" | "tax_name"> {
  /** Net. */
  readonly amount: Amount
}

/** What makes two lines share a rate on the document. */
export function taxRateKey(code: string | null, rate: string): string {
  return JSON.stringify([code, decimalString(rate)])
}

/** Tax of a rate on a base, rounded once. */
export function taxAmount({ rate, base }: Pick<TaxSummaryEntry, "rate" | "base">, currencyCode: string): Amount {
  return roundAmount(MathBN.div(MathBN.mult(base, rate), 100), currencyCode)
}

/**
 * Totals of a document: each line is rounded once to the digits of the currency, and the tax of a rate
 * once, on the sum of its lines and charges. So Σ lines = subtotal, Σ bases = subtotal + charges, and that
 * and Σ taxes are the total. Rates stand in the order in which lines, then charges first name them; what is
 * untaxed makes a rate of its own, what costs nothing as a charge makes none.
 */
export function calculateOrderTotals(
  lines: readonly LineToTotal[],
  currencyCode: string,
  charges: readonly TaxedCharge[] = []
): OrderTotals {
  const subtotals = lines.map((line) => lineAmount(line.quantity, line.unit_price, currencyCode))
  return {
    line_subtotals: subtotals,
    ...sumTaxed(
      { lines: lines.map((line, index) => ({ ...line, subtotal: subtotals[index] })), charges },
      currencyCode,
      (rate) => taxAmount(rate, currencyCode)
    ),
  }
}

/** Sums lines and charges that have their net amount; `taxOf` says what a rate takes of their sum. */
export function sumTaxed(
  { lines, charges }: { readonly lines: readonly TaxedLine[]; readonly charges: readonly TaxedCharge[] },
  currencyCode: string,
  taxOf: (rate: Omit<TaxSummaryEntry, "tax">) => Amount
): Omit<OrderTotals, "line_subtotals"> {
  const charged = charges
    .filter(({ amount }) => !MathBN.eq(amount, 0))
    .map(({ amount, ...charge }) => ({ ...charge, subtotal: amount }))
  const rates = new Map<string, { line: TaxedLine; subtotals: Amount[] }>()
  for (const line of [...lines, ...charged]) {
    const key = taxRateKey(line.tax_code, line.tax_rate)
    const rate = rates.get(key) ?? { line, subtotals: [] }
    rate.subtotals.push(line.subtotal)
    rates.set(key, rate)
  }
  const summary = [...rates.values()].map(({ line, subtotals }) => {
    const rate = {
      code: line.tax_code,
      name: line.tax_name,
      rate: decimalString(line.tax_rate),
      base: sumAmounts(subtotals, currencyCode),
    }
    return { ...rate, tax: taxOf(rate) }
  })
  const subtotal = sumAmounts(
    lines.map((line) => line.subtotal),
    currencyCode
  )
  const chargeTotal = sumAmounts(
    charges.map(({ amount }) => amount),
    currencyCode
  )
  const taxTotal = sumAmounts(
    summary.map(({ tax }) => tax),
    currencyCode
  )
  return {
    subtotal,
    charge_total: chargeTotal,
    tax_total: taxTotal,
    total: sumAmounts([subtotal, chargeTotal, taxTotal], currencyCode),
    tax_summary: summary,
  }
}
