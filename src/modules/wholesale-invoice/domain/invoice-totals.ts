import { MathBN } from "@medusajs/framework/utils"

import { isCharge, type InvoiceLineKind } from "../../../lib/charges/charge"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { allocate } from "../../../lib/money/allocate"
import type { Amount } from "../../../lib/money/amount"
import { decimalString, lineAmount, roundAmount, sumAmounts } from "../../../lib/money/amount"

export interface InvoiceLineInput {
  /** Goods, unless it is a charge: one unit, its amount as the price. */
  readonly kind?: InvoiceLineKind
  readonly order_line_id: string
  readonly sku: string
  readonly title: string
  readonly quantity: number
  /** Net, in major units; may have more digits than the currency. */
  readonly unit_price: Amount
  /** Percent, `"7.25"`. */
  readonly tax_rate: string
  /** Tells taxes of the same rate apart. */
  readonly tax_code?: string | null
}

/** How a rate is called on the document. */
export interface TaxLabel {
  readonly rate: string
  readonly code?: string | null
  readonly name?: string | null
}

export interface TaxSummaryRow {
  readonly code: string | null
  readonly name: string | null
  readonly rate: string
  readonly base: Amount
  readonly tax: Amount
}

export interface InvoiceTotals {
  /** In the order of the lines given. */
  readonly lines: {
    readonly subtotal: Amount
    readonly tax_total: Amount
    readonly tax_code: string | null
  }[]
  /** Of the goods, net. */
  readonly subtotal: Amount
  /** Of shipping and handling, net. */
  readonly charge_total: Amount
  readonly tax_total: Amount
  readonly total: Amount
  readonly tax_summary: TaxSummaryRow[]
}

/**
 * Totals of an invoice. A line is rounded once, the tax once per rate (and code, where lines name one)
 * on the sum of its lines, and each rate's tax is shared out over its lines so that the shares sum to
 * it: Σ lines = total.
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
  const codes = lines.map((): string | null => null)
  const keys = lines.map(taxKey)

  const tax_summary = [...new Set(keys)].map((key) => {
    const members = keys.flatMap((candidate, index) => (candidate === key ? [index] : []))
    const { tax_code, tax_rate } = lines[members[0]]
    const rate = decimalString(tax_rate)
    const bases = members.map((index) => subtotals[index])
    const base = sumAmounts(bases, currencyCode)
    const tax = roundAmount(MathBN.div(MathBN.mult(base, rate), 100), currencyCode)
    const label = labelOf(labels, rate, tax_code ?? null)
    const code = tax_code ?? label?.code ?? null
    allocate(tax, bases, currencyCode).forEach((share, position) => {
      shares[members[position]] = share
      codes[members[position]] = code
    })
    return { code, name: label?.name ?? null, rate, base, tax }
  })

  const isCharged = lines.map(({ kind }) => isCharge(kind ?? "item"))
  const subtotal = sumAmounts(subtotals.filter((_, index) => !isCharged[index]), currencyCode)
  const charge_total = sumAmounts(subtotals.filter((_, index) => isCharged[index]), currencyCode)
  const tax_total = sumAmounts(tax_summary.map((row) => row.tax), currencyCode)
  return {
    lines: subtotals.map((amount, index) => ({
      subtotal: amount,
      tax_total: shares[index],
      tax_code: codes[index],
    })),
    subtotal,
    charge_total,
    tax_total,
    total: sumAmounts([subtotal, charge_total, tax_total], currencyCode),
    tax_summary,
  }
}

/** Where lines name no code, the label of their rate without one, or else the first of it. */
function labelOf(labels: readonly TaxLabel[], rate: string, code: string | null): TaxLabel | undefined {
  const ofRate = labels.filter((label) => MathBN.eq(label.rate, rate))
  return ofRate.find((label) => (label.code ?? null) === code) ?? (code ? undefined : ofRate[0])
}

function taxKey({ tax_code, tax_rate }: InvoiceLineInput): string {
  return JSON.stringify([tax_code ?? null, decimalString(tax_rate)])
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
      `The invoice line of ${sku} needs a whole quantity above zero, ` +
        "and a price and a tax rate of zero or more.",
      { sku, quantity, unit_price, tax_rate }
    )
  }
}
