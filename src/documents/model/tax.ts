import type { Amount } from "../../lib/money/amount"

/**
 * UNTDID 5305 as far as EN 16931 needs it here: standard or reduced rate, zero rate, exempt, reverse
 * charge, supply within the EU, export, outside the scope of tax.
 */
export const TAX_CATEGORIES = ["S", "Z", "E", "AE", "K", "G", "O"] as const
export type TaxCategory = (typeof TAX_CATEGORIES)[number]

/** Why no tax is taken. */
export interface TaxExemption {
  readonly reason: string
  /** Of the VATEX list, as `VATEX-EU-IC`. */
  readonly reason_code: string | null
  /** The buyer's certificate of exemption. */
  readonly certificate_number: string | null
}

export interface DocumentTax {
  readonly category: TaxCategory
  /** Percent, as `"19"` or `"7.25"`; `"0"` in every category but S. */
  readonly rate: string
  /** In every category but S and Z. */
  readonly exemption: TaxExemption | null
}

/** What one category and rate comes to on the whole document. */
export interface TaxSummaryRow extends DocumentTax {
  /** Net of lines and charges less discounts. */
  readonly taxable: Amount
  /** Rounded once, here. */
  readonly tax: Amount
}
