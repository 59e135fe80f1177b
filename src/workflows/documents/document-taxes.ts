import { MathBN } from "@medusajs/framework/utils"

import { TAX_CATEGORIES, type DocumentTax, type TaxCategory, type TaxSummaryRow } from "../../documents/model/tax"
import { decimalString, type Amount } from "../../lib/money/amount"

/** A tax as orders and invoices keep it. */
export interface KeptTax {
  readonly rate: string
  readonly code: string | null
  readonly name: string | null
}

/** Categories that a tax code names where nothing is taken; a rate above nothing is S, none without a reason Z. */
const REASONED: readonly string[] = TAX_CATEGORIES.filter((category) => category !== "S" && category !== "Z")

/** A rate above nothing is taxed; nothing is taken for the reason that the tax is called by, where its code says so. */
export function documentTax({ rate, code, name }: KeptTax): DocumentTax {
  if (MathBN.gt(rate, 0)) {
    return { category: "S", rate: decimalString(rate), exemption: null }
  }
  const category = code?.toUpperCase() ?? ""
  return isReasoned(category)
    ? { category, rate: "0", exemption: { reason: name ?? "", reason_code: null, certificate_number: null } }
    : { category: "Z", rate: "0", exemption: null }
}

export const taxSummary = (rows: readonly (KeptTax & { readonly base: Amount; readonly tax: Amount })[]): TaxSummaryRow[] =>
  rows.map((row) => ({ ...documentTax(row), taxable: row.base, tax: row.tax }))

/** The tax of a line, by the row of the document's summary that it is part of. */
export function lineTaxes(summary: readonly KeptTax[]): (line: { tax_rate: string; tax_code: string | null }) => DocumentTax {
  return ({ tax_rate, tax_code }) => {
    const row = summary.find(({ rate, code }) => MathBN.eq(rate, tax_rate) && code === tax_code)
    return documentTax({ rate: tax_rate, code: tax_code, name: row?.name ?? null })
  }
}

const isReasoned = (code: string): code is TaxCategory => REASONED.includes(code)
