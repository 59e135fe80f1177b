import type { DocumentTotals } from "../../documents/model/document"
import type { DocumentLine, Unit } from "../../documents/model/line"
import type { DocumentTax } from "../../documents/model/tax"
import { sumAmounts, type Amount } from "../../lib/money/amount"

/** Goods are counted in pieces. */
export const PIECE: Unit = { code: "C62", label: null }

/** A line as orders, invoices and credit notes keep it. */
interface KeptLine {
  readonly line_number: number
  readonly sku: string
  readonly title: string
  /** Null where an amount is credited, and no goods. */
  readonly quantity: number | null
  readonly unit_price: Amount
  readonly subtotal: Amount
}

export const documentLine = (
  { line_number, sku, title, quantity, unit_price, subtotal }: KeptLine,
  tax: DocumentTax
): DocumentLine => ({
  line_number,
  sku,
  title,
  description: null,
  quantity: quantity === null ? null : String(quantity),
  unit: PIECE,
  unit_price,
  subtotal,
  tax,
  order_number: null,
})

/** Totals of a document whose lines are all there is to pay for. */
export function totalsOf(
  { subtotal, tax_total, total }: { readonly subtotal: Amount; readonly tax_total: Amount; readonly total: Amount },
  currencyCode: string
): DocumentTotals {
  const none = sumAmounts([], currencyCode)
  return { lines: subtotal, charges: none, discounts: none, net: subtotal, tax: tax_total, gross: total }
}
