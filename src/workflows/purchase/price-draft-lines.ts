import type { MedusaContainer } from "@medusajs/framework/types"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import { assertOrderable } from "../../modules/wholesale-catalog/domain/order-quantity"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import type { LineInput } from "../../modules/wholesale-purchase/domain/purchase-order-lines"

export interface DraftLine {
  /** The supplier's. */
  readonly sku: string
  /** Whole sales units. */
  readonly quantity: number
}

export interface DraftPricing {
  readonly store_id: string
  readonly connection_id: string
  readonly lines: readonly DraftLine[]
  /** Of a draft that stands; a new one takes the catalog's. */
  readonly currency_code?: string
}

/**
 * Titles, prices and own variants of the lines from the catalog that the supplier sent last, read in
 * one query. Minimum and multiple hold for a SKU over all its lines.
 *
 * @throws WholesaleError 409 `items_unavailable` with `skus` that the catalog does not offer,
 *   `mixed_currencies`; 400 `quantity_not_orderable`
 */
export async function priceDraftLines(
  container: MedusaContainer,
  { store_id, connection_id, lines, currency_code }: DraftPricing
): Promise<{ currency_code: string; lines: LineInput[] }> {
  const asked = new Map<string, number>()
  for (const { sku, quantity } of lines) {
    asked.set(sku, (asked.get(sku) ?? 0) + quantity)
  }
  const items = await container
    .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
    .supplierItems({ store_id, connection_id, skus: [...asked.keys()] })
  const bySku = new Map(items.filter(({ available }) => available).map((item) => [item.sku, item]))

  const unavailable = [...asked.keys()].filter((sku) => !bySku.has(sku))
  const priced = lines.flatMap(({ sku, quantity }) => {
    const item = bySku.get(sku)
    return item ? [{ ...item, quantity }] : []
  })
  const [first] = priced
  if (unavailable.length > 0 || !first) {
    throw new WholesaleError(
      409,
      "items_unavailable",
      `The supplier does not offer ${unavailable.slice(0, 5).join(", ")}` +
        `${unavailable.length > 5 ? ` and ${unavailable.length - 5} more` : ""}. Leave them out.`,
      { skus: unavailable }
    )
  }
  const currency = currency_code ?? first.currency_code
  const foreign = [...bySku.values()].filter((item) => item.currency_code !== currency)
  if (foreign.length > 0) {
    throw new WholesaleError(
      409,
      "mixed_currencies",
      `The purchase order is in ${currency.toUpperCase()}; ${foreign[0].sku} is offered in ` +
        `${foreign[0].currency_code.toUpperCase()}. Order it by itself.`,
      { currency_code: currency, skus: foreign.map(({ sku }) => sku) }
    )
  }
  assertOrderable(
    [...bySku.values()].map(({ sku, minimum_quantity, order_multiple }) => ({
      sku,
      quantity: asked.get(sku) ?? 0,
      minimum: minimum_quantity,
      multiple: order_multiple,
    }))
  )
  return {
    currency_code: currency,
    lines: priced.map(({ sku, title, quantity, unit_price, variant_id }) => ({
      supplier_sku: sku,
      title,
      quantity,
      unit_price,
      variant_id,
    })),
  }
}
