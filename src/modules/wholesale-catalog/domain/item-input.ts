import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { isCurrencyCode } from "../../../lib/money/currency-code"

/** An item as a catalog states it, on either side of a connection. */
export interface CatalogEntry {
  readonly sku: string
  readonly title: string
  readonly thumbnail?: string | null
  readonly currency_code: string
  /** Net price of one unit in major units, a decimal string; may have more digits than the currency. */
  readonly price: string
  readonly minimum_quantity: number
  readonly order_multiple: number
  /** Whether it can be ordered; true unless given. */
  readonly available?: boolean
}

const DECIMAL = /^\d{1,15}(\.\d{1,10})?$/

/**
 * Throws unless every entry makes sense and no SKU stands twice.
 *
 * @throws WholesaleError 400 `invalid_catalog_entry` or `duplicate_sku` with the `sku`s
 */
export function assertCatalogEntries(entries: readonly CatalogEntry[]): void {
  const wrong = entries.filter(
    (entry) =>
      entry.sku === "" ||
      !isCurrencyCode(entry.currency_code) ||
      !isPrice(entry.price) ||
      !isCount(entry.minimum_quantity) ||
      !isCount(entry.order_multiple)
  )
  if (wrong.length) {
    throw new WholesaleError(
      400,
      "invalid_catalog_entry",
      `${wrong[0].sku || "An item without SKU"}: an item needs a SKU, a currency code in lower case, a price of zero ` +
        "or more, and whole numbers from 1 as minimum and multiple.",
      { skus: wrong.map((entry) => entry.sku) }
    )
  }
  assertUnique(entries.map((entry) => entry.sku), "duplicate_sku", "SKU")
}

/** @throws WholesaleError 400 with `code` and the values that stand twice */
export function assertUnique(values: readonly string[], code: string, name: string): void {
  const seen = new Set<string>()
  const twice = new Set(values.filter((value) => seen.size === seen.add(value).size))
  if (twice.size) {
    const [first] = twice
    throw new WholesaleError(400, code, `${name} ${first} stands twice in the list.`, { values: [...twice] })
  }
}

function isPrice(value: string): boolean {
  return DECIMAL.test(value) && MathBN.gte(value, 0)
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= 100_000_000
}
