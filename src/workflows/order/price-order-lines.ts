import type { IProductModuleService, MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { decimalString } from "../../lib/money/amount"
import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import { assertOrderable } from "../../modules/wholesale-catalog/domain/order-quantity"
import type { OrderableItem } from "../../modules/wholesale-catalog/persistence/items"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import type { AppliedExemption } from "../../modules/wholesale-order/domain/applied-exemption"
import type { Address } from "../../schemas/common"
import { calculateTaxRates, type TaxRate } from "./calculate-tax-rates"

export interface AskedLine {
  readonly sku: string
  /** Whole units. */
  readonly quantity: number
  /** A price agreed by hand, net of tax, in major units; only the distributor's own people may give one. */
  readonly unit_price?: string
  /** The price the buyer saw; an order at another price is refused, not silently repriced. */
  readonly expected_price?: string
  /** The partner's own line. */
  readonly purchase_order_line_id?: string
}

export interface PricedLine extends TaxRate {
  readonly item_id: string
  readonly product_id: string
  readonly variant_id: string
  readonly sku: string
  readonly title: string
  readonly quantity: number
  readonly unit_price: string
  readonly purchase_order_line_id: string | null
}

/**
 * Turns what a buyer asks for into priced and taxed lines, in the order asked. Reads the catalog, the
 * products' types and the tax rates in one call each, however many lines there are.
 *
 * @throws WholesaleError 409 `items_unavailable` with `skus`; 400 `quantity_not_orderable` with
 * `lines`; 409 `price_changed` with `lines: [{sku, expected, current}]`; 409 `currency_mismatch`
 */
export async function priceOrderLines(
  container: MedusaContainer,
  input: {
    readonly store_id: string
    readonly currency_code: string
    readonly ship_to: Pick<Address, "country_code" | "province" | "postal_code" | "city" | "address_1">
    readonly lines: readonly AskedLine[]
    /** Entered by the distributor, who may sell what is not published and below the minimum. */
    readonly by_distributor: boolean
    /** Under which no tax is charged. */
    readonly exemption?: AppliedExemption
  }
): Promise<PricedLine[]> {
  const found = await container
    .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
    .itemsForOrder(input.store_id, input.lines.map(({ sku }) => sku))
  const items = new Map(found.map((item) => [item.sku, item]))
  assertAvailable(input.lines, items, input.by_distributor)
  if (!input.by_distributor) {
    assertOrderable(quantitiesBySku(input.lines, items))
  }
  assertCurrency(found, input.currency_code)
  assertExpectedPrices(input.lines, items)

  const types = await productTypes(container, [...new Set(found.map(({ product_id }) => product_id))])
  const untaxed = input.lines.map((line) => {
    const item = known(items, line.sku)
    return { line, item, unit_price: decimalString(line.unit_price ?? item.unit_price) }
  })
  const rates = await calculateTaxRates(container, {
    ship_to: input.ship_to,
    exemption: input.exemption,
    lines: untaxed.map(({ item, line, unit_price }, index) => ({
      key: String(index),
      product_id: item.product_id,
      product_type_id: types.get(item.product_id),
      quantity: line.quantity,
      unit_price,
    })),
  })
  return untaxed.map(({ line, item, unit_price }, index) => {
    const rate = rates.get(String(index))
    if (!rate) {
      throw new Error(`No tax rate was answered for line ${index}.`)
    }
    return {
      item_id: item.id,
      product_id: item.product_id,
      variant_id: item.variant_id,
      sku: item.sku,
      title: item.title,
      quantity: line.quantity,
      unit_price,
      purchase_order_line_id: line.purchase_order_line_id ?? null,
      ...rate,
    }
  })
}

function known(items: ReadonlyMap<string, OrderableItem>, sku: string): OrderableItem {
  const item = items.get(sku)
  if (!item) {
    throw new Error(`${sku} was not looked up.`)
  }
  return item
}

function assertAvailable(
  lines: readonly AskedLine[],
  items: ReadonlyMap<string, OrderableItem>,
  unpublishedToo: boolean
): void {
  const skus = lines
    .map(({ sku }) => sku)
    .filter((sku) => !(items.get(sku)?.published || (unpublishedToo && items.has(sku))))
  if (skus.length) {
    throw new WholesaleError(
      409,
      "items_unavailable",
      `${skus.slice(0, 5).join(", ")}${skus.length > 5 ? ` and ${skus.length - 5} more` : ""} cannot be ordered: the catalog does not offer it.`,
      { skus: [...new Set(skus)] }
    )
  }
}

/** Two lines of one SKU are one quantity to the minimum and the multiple. */
function quantitiesBySku(lines: readonly AskedLine[], items: ReadonlyMap<string, OrderableItem>) {
  const quantities = new Map<string, number>()
  for (const { sku, quantity } of lines) {
    quantities.set(sku, (quantities.get(sku) ?? 0) + quantity)
  }
  return [...quantities].map(([sku, quantity]) => {
    const { minimum_quantity, order_multiple } = known(items, sku)
    return { sku, quantity, minimum: minimum_quantity, multiple: order_multiple }
  })
}

function assertCurrency(items: readonly OrderableItem[], currencyCode: string): void {
  const other = items.find((item) => item.currency_code !== currencyCode)
  if (other) {
    throw new WholesaleError(
      409,
      "currency_mismatch",
      `${other.sku} is priced in ${other.currency_code.toUpperCase()}, the account trades in ${currencyCode.toUpperCase()}.`,
      { sku: other.sku, item_currency_code: other.currency_code, currency_code: currencyCode }
    )
  }
}

function assertExpectedPrices(
  lines: readonly AskedLine[],
  items: ReadonlyMap<string, OrderableItem>
): void {
  const changed = lines.flatMap(({ sku, expected_price }) => {
    const current = known(items, sku).unit_price
    return expected_price === undefined || MathBN.eq(expected_price, current)
      ? []
      : [{ sku, expected: decimalString(expected_price), current: decimalString(current) }]
  })
  if (changed.length) {
    const [first] = changed
    throw new WholesaleError(
      409,
      "price_changed",
      `The price of ${first.sku} is ${first.current} now, not ${first.expected}${changed.length > 1 ? ` (and ${changed.length - 1} more)` : ""}. Fetch the catalog anew and order again.`,
      { lines: changed }
    )
  }
}

async function productTypes(
  container: MedusaContainer,
  productIds: readonly string[]
): Promise<Map<string, string>> {
  const products = await container
    .resolve<IProductModuleService>(Modules.PRODUCT)
    .listProducts({ id: [...productIds] }, { select: ["id", "type_id"], take: productIds.length })
  return new Map(products.flatMap(({ id, type_id }) => (type_id ? [[id, type_id] as const] : [])))
}
