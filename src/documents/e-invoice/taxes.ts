import { MathBN } from "@medusajs/framework/utils"

import { decimalString, sumAmounts, subtractAmounts, type Amount } from "../../lib/money/amount"
import type { DocumentTax, TaxCategory, TaxSummaryRow } from "../model/tax"
import type { AnyTaxedDocument, Problems } from "./problems"
import type { SemanticParty, SemanticTax, TaxBreakdown } from "./semantic-invoice"
import { known } from "../language/known"

/** What the norm calls the rules of a category: BR-S-01, BR-IC-02 and so on. */
const RULE_PREFIX: Readonly<Record<TaxCategory, string>> = {
  S: "BR-S", Z: "BR-Z", E: "BR-E", AE: "BR-AE", K: "BR-IC", G: "BR-G", O: "BR-O",
}

/** Categories whose tax is nothing for a reason that must be given (BR-E-10, BR-AE-10, …). */
const NEEDS_REASON: readonly TaxCategory[] = ["E", "AE", "K", "G", "O"]

/** How far the tax of a row may be from its share by the rate: the official rules allow less than one unit (BR-CO-17). */
const TAX_TOLERANCE = 1

/** A tax in the norm's terms: outside the scope of tax there is no rate (BR-O-05). */
export const semanticTax = ({ category, rate }: DocumentTax): SemanticTax => ({
  category,
  rate: category === "O" ? null : decimalString(rate),
})

/** Which row of the breakdown a tax belongs to. */
const rowKey = (tax: DocumentTax): string => `${tax.category} ${semanticTax(tax).rate}`

/** One row for each category and rate, whatever the number of reasons (BR-CO-18, BR-E-01 and its like). */
export function taxBreakdown(document: AnyTaxedDocument, problems: Problems): TaxBreakdown[] {
  const rows = new Map<string, TaxSummaryRow[]>()
  for (const row of document.tax_summary) {
    rows.set(rowKey(row), [...(rows.get(rowKey(row)) ?? []), row])
  }
  if (rows.size === 0) {
    problems.add("tax_summary", "BR-CO-18", "is empty")
  }
  const breakdown = [...rows.values()].map((same) => merged(same, document.currency_code))
  for (const row of breakdown) {
    checkRow(row, document, problems)
  }
  const belongs = new Set(rows.keys())
  ;[...document.lines, ...document.charges].forEach(({ tax }) => {
    if (!belongs.has(rowKey(tax))) {
      belongs.add(rowKey(tax))
      problems.add("tax_summary", `${RULE_PREFIX[tax.category]}-01`, `has no row for ${tax.category} at ${tax.rate} %`)
    }
  })
  return breakdown
}

function merged(rows: readonly TaxSummaryRow[], currency: string): TaxBreakdown {
  const distinct = (values: readonly (string | null)[]) => [...new Set(values.filter((value) => value !== null))]
  const reasons = distinct(rows.map(({ exemption }) => (exemption ? exemptionReason(exemption) : null)))
  const codes = distinct(rows.map(({ exemption }) => known(exemption?.reason_code ?? null)))
  return {
    ...semanticTax(rows[0]),
    taxable: sumAmounts(rows.map(({ taxable }) => taxable), currency),
    tax: sumAmounts(rows.map(({ tax }) => tax), currency),
    exemption_reason: reasons.join("; ") || null,
    exemption_code: codes.length === 1 ? codes[0] : null,
  }
}

function exemptionReason({ reason, certificate_number }: NonNullable<DocumentTax["exemption"]>): string | null {
  const certificate = known(certificate_number)
  return known([known(reason), certificate && `(${certificate})`].filter(Boolean).join(" "))
}

function checkRow(row: TaxBreakdown, document: AnyTaxedDocument, problems: Problems): void {
  const prefix = RULE_PREFIX[row.category]
  const named = `tax_summary.${row.category}`
  if (row.category === "S" ? !MathBN.gt(row.rate ?? 0, 0) : !MathBN.eq(row.rate ?? 0, 0)) {
    problems.add(`${named}.rate`, `${prefix}-05`, `is ${row.rate} %, which category ${row.category} does not allow`)
  }
  if (NEEDS_REASON.includes(row.category) && !row.exemption_reason && !row.exemption_code) {
    problems.add(`${named}.exemption`, `${prefix}-10`, "is missing: the reason for taking no tax")
  }
  const taxable = taxableOf(row, document)
  if (!MathBN.eq(taxable, row.taxable)) {
    problems.add(`${named}.taxable`, `${prefix}-08`, `is ${row.taxable}, and its lines and charges come to ${taxable}`)
  }
  const exact = MathBN.div(MathBN.mult(row.taxable, row.rate ?? 0), 100)
  if (row.category === "S" ? MathBN.gte(MathBN.abs(MathBN.sub(row.tax, exact)), TAX_TOLERANCE) : !MathBN.eq(row.tax, 0)) {
    problems.add(`${named}.tax`, "BR-CO-17", `is ${row.tax}, and ${row.rate ?? 0} % of ${row.taxable} is ${exact}`)
  }
}

function taxableOf(row: TaxBreakdown, { lines, charges, currency_code }: AnyTaxedDocument): Amount {
  const belongs = ({ tax }: { tax: DocumentTax }) => {
    const { category, rate } = semanticTax(tax)
    return category === row.category && rate === row.rate
  }
  const added = sumAmounts(
    [
      ...lines.filter(belongs).map(({ subtotal }) => subtotal),
      ...charges.filter((charge) => charge.kind !== "discount" && belongs(charge)).map(({ amount }) => amount),
    ],
    currency_code
  )
  const taken = charges.filter((charge) => charge.kind === "discount" && belongs(charge)).map(({ amount }) => amount)
  return subtractAmounts(added, sumAmounts(taken, currency_code), currency_code)
}

/** Who must have which number, by the categories of tax in the document. */
export function checkTaxNumbers(
  categories: ReadonlySet<TaxCategory>,
  parties: { seller: SemanticParty; buyer: SemanticParty },
  problems: Problems
): void {
  const { seller, buyer } = parties
  const first = (wanted: readonly TaxCategory[]) => wanted.find((category) => categories.has(category))
  const strict = first(["K", "G"])
  const either = first(["S", "Z", "E", "AE"])
  if (strict && !seller.vat_id) {
    problems.add("seller.tax_number", `${RULE_PREFIX[strict]}-02, BT-31`, numberWanted(strict))
  } else if (either && !seller.vat_id && !seller.tax_registration) {
    problems.add("seller.tax_number", `${RULE_PREFIX[either]}-02, BT-31 or BT-32`, "is missing")
  }
  if (categories.has("K") && !buyer.vat_id) {
    problems.add("buyer.tax_number", "BR-IC-02, BT-48", numberWanted("K"))
  } else if (categories.has("AE") && !buyer.vat_id && !buyer.registration) {
    problems.add("buyer.tax_number", "BR-AE-02, BT-48 or BT-47", `${numberWanted("AE")}, or a registration number`)
  }
  if (!seller.vat_id && !seller.registration) {
    problems.add("seller.registration_number", "BR-CO-26, BT-30", "is missing, and so is a VAT number in its place")
  }
  if (categories.has("O") && categories.size > 1) {
    problems.add("tax_summary", "BR-O-11", "mixes what is outside the scope of tax with what is taxed")
  }
}

const numberWanted = (category: TaxCategory): string =>
  `is missing, or is no VAT number with its country's letters, which category ${category} takes`
