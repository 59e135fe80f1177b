import { MathBN } from "@medusajs/framework/utils"

import { decimalString, type Amount } from "../../src/lib/money/amount"
import { currencyDigits } from "../../src/lib/money/currency-digits"
import { countryCode } from "./country-code"
import type { ExportRow } from "./order-export"

/** What the prices of an export are in. */
export const CURRENCY = "gbp"

/** Why a row is not replayed; the sentence goes with every row in the list of refused rows. */
export const REFUSALS = {
  row_malformed: "The row has not as many cells as the header.",
  document_missing: "The row names no document.",
  quantity_malformed: "The quantity is no whole number of at most 100,000,000.",
  price_malformed: "The unit price is no plain decimal number.",
  price_digits: "The unit price has more digits than the currency.",
  date_malformed: "The date is none, or not written day/month/year.",
  not_goods: "The stock code is none of goods: postage, discounts, fees and corrections are not replayed.",
  quantity_zero: "The quantity is zero.",
  price_zero: "The unit price is zero.",
  price_negative: "The unit price is negative.",
  sale_of_negative_quantity: "The quantity is negative, and the document is no cancellation.",
  cancellation_of_positive_quantity: "The quantity is positive on a cancellation.",
  country_unknown: "The country is none, so nothing can be shipped there.",
  differs_from_document: "Customer, date or country are not those of the document's first row.",
  document_too_long: "The document has more rows than a document may have.",
  document_changed: "The document was replayed before, with other rows.",
  document_again: "A document of this number stands earlier in the file.",
  no_earlier_purchase: "The customer has not bought this before.",
  more_than_left: "The customer's earlier purchases leave less than is taken back.",
  credit_exceeds_purchase: "More money is taken back than was paid for as many of the earlier purchase.",
} as const

export type RefusalReason = keyof typeof REFUSALS

/** A row that can be replayed. */
export interface GoodsRow {
  readonly row: number
  readonly document: string
  /** In upper case: exports write the same code in either. */
  readonly sku: string
  /** The code itself where the row describes nothing. */
  readonly title: string
  /** Whole units, above zero; on a cancellation what is taken back. */
  readonly quantity: number
  readonly unit_price: Amount
  /** Quantity × price with the document's sign. */
  readonly amount: Amount
  /** ISO 8601, in UTC. */
  readonly at: string
  /** Undefined where the export knows none. */
  readonly customer: string | undefined
  readonly country_code: string
}

export interface RefusedRow {
  readonly row: number
  readonly document: string
  readonly reason: RefusalReason
  /** Quantity × price; null where they cannot be read. */
  readonly amount: Amount | null
  /** What it would take to understand the refusal: the code, or figures. */
  readonly detail: string
}

/**
 * A stock code of goods: five digits and the letters of a variant after them, `85123A`. Whatever else
 * stands in that column is none: `POST`, `DOT`, `C2`, `D`, `M`, `S`, `B`, `BANK CHARGES`, `AMAZONFEE`,
 * `CRUK`, `PADS`, `gift_0001_20` and their like.
 */
const GOODS = /^\d{5}[A-Z]*$/i

const WHOLE_NUMBER = /^[+-]?\d{1,9}$/
const MAX_QUANTITY = 100_000_000
/** A point for the decimals and nothing for the thousands. */
const DECIMAL = /^[+-]?\d{1,12}(\.\d{1,20})?$/

/** Documents that take goods back. */
export function isCancellation(document: string): boolean {
  return /^C/i.test(document)
}

/** Tells goods that can be replayed from rows that are none or make no sense, by the row alone. */
export function judgeRow({ row, cells, complete }: ExportRow): GoodsRow | RefusedRow {
  const { InvoiceNo: document, StockCode: code, Quantity, UnitPrice, InvoiceDate, Country } = cells
  const quantity = readQuantity(Quantity)
  const unit_price = DECIMAL.test(UnitPrice) ? decimalString(UnitPrice.replace(/^\+/, "")) : undefined
  const amount =
    complete && quantity !== undefined && unit_price !== undefined
      ? decimalString(MathBN.mult(quantity, unit_price))
      : null
  const refused = (reason: RefusalReason, detail = ""): RefusedRow => ({ row, document, reason, amount, detail })

  if (!complete) {
    return refused("row_malformed")
  }
  if (document === "") {
    return refused("document_missing")
  }
  if (quantity === undefined) {
    return refused("quantity_malformed", Quantity)
  }
  if (unit_price === undefined) {
    return refused("price_malformed", UnitPrice)
  }
  const at = readDate(InvoiceDate)
  if (!at) {
    return refused("date_malformed", InvoiceDate)
  }
  if (!GOODS.test(code)) {
    return refused("not_goods", code)
  }
  if (quantity === 0) {
    return refused("quantity_zero", code)
  }
  if (MathBN.lte(unit_price, 0)) {
    return refused(MathBN.eq(unit_price, 0) ? "price_zero" : "price_negative", code)
  }
  if (digitsOf(unit_price) > currencyDigits(CURRENCY)) {
    return refused("price_digits", UnitPrice)
  }
  if (isCancellation(document) === quantity > 0) {
    return refused(quantity > 0 ? "cancellation_of_positive_quantity" : "sale_of_negative_quantity", code)
  }
  const country_code = countryCode(Country)
  if (!country_code) {
    return refused("country_unknown", Country)
  }
  return {
    row,
    document,
    sku: code.toUpperCase(),
    title: cells.Description || code.toUpperCase(),
    quantity: Math.abs(quantity),
    unit_price,
    amount: decimalString(MathBN.mult(quantity, unit_price)),
    at,
    customer: cells.CustomerID || undefined,
    country_code,
  }
}

export function isRefused(row: GoodsRow | RefusedRow): row is RefusedRow {
  return "reason" in row
}

/** Refuses a row for what it is not by itself. */
export function refuse({ row, document, amount }: GoodsRow | RefusedRow, reason: RefusalReason, detail = ""): RefusedRow {
  return { row, document, reason, amount, detail }
}

function readQuantity(text: string): number | undefined {
  const quantity = WHOLE_NUMBER.test(text) ? Number(text) : undefined
  return quantity !== undefined && Math.abs(quantity) <= MAX_QUANTITY ? quantity : undefined
}

/** `d/m/yyyy`, or with a time of day `d/m/yyyy h:mm` or `d/m/yyyy h:mm:ss`. */
const DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

function readDate(text: string): string | undefined {
  const parts = DATE.exec(text)?.slice(1).map((part) => Number(part ?? 0))
  if (!parts) {
    return undefined
  }
  const [day, month, year, hour, minute, second] = parts
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  const isReal =
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second
  return isReal ? date.toISOString() : undefined
}

function digitsOf(decimal: string): number {
  return decimal.split(".")[1]?.length ?? 0
}
