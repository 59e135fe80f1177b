import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { Amount, decimalString, lineAmount, sumAmounts } from "../../../lib/money/amount"

export interface LineInput {
  readonly supplier_sku: string
  readonly title: string
  /** Whole sales units. */
  readonly quantity: number
  /** Net price of one unit in major units. */
  readonly unit_price: Amount
  readonly variant_id?: string | null
}

export interface PricedLine extends LineInput {
  /** From 1, in the given order. */
  readonly line_number: number
  readonly variant_id: string | null
  /** Quantity × unit price, rounded once to the currency's digits. */
  readonly subtotal: Amount
}

export interface PricedLines {
  readonly lines: PricedLine[]
  /** Sum of the lines; the supplier adds the tax. */
  readonly subtotal: Amount
}

/**
 * Numbers and prices the lines of a purchase order.
 *
 * @throws WholesaleError 400 `invalid_purchase_order_line` with the `line_number`s
 */
export function priceLines(input: readonly LineInput[], currencyCode: string): PricedLines {
  const wrong = input.flatMap(({ supplier_sku, quantity, unit_price }, index) =>
    supplier_sku !== "" && isQuantity(quantity) && isPrice(unit_price) ? [] : [index + 1]
  )
  if (wrong.length) {
    throw new WholesaleError(
      400,
      "invalid_purchase_order_line",
      `Line ${wrong[0]}: a line needs a SKU, a whole quantity from 1, and a price of zero or more.`,
      { line_numbers: wrong }
    )
  }
  const lines = input.map((line, index) => ({
    supplier_sku: line.supplier_sku,
    title: line.title,
    quantity: line.quantity,
    unit_price: decimalString(line.unit_price),
    variant_id: line.variant_id ?? null,
    line_number: index + 1,
    subtotal: lineAmount(line.quantity, line.unit_price, currencyCode),
  }))
  return { lines, subtotal: sumAmounts(lines.map((line) => line.subtotal), currencyCode) }
}

function isQuantity(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= 100_000_000
}

function isPrice(value: Amount): boolean {
  return /^\d{1,15}(\.\d{1,10})?$/.test(value) && MathBN.gte(value, 0)
}
