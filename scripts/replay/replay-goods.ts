import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createProductsWorkflow } from "@medusajs/medusa/core-flows"

import { WHOLESALE_CATALOG } from "../../src/modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../src/modules/wholesale-catalog/service"
import { upsertItemsWorkflow } from "../../src/workflows/catalog/upsert-items"
import { CURRENCY, type GoodsRow } from "./judge-row"

export interface ReplayGoods {
  readonly sku: string
  readonly variant_id: string
}

/**
 * The goods of the rows, by SKU. What the store does not offer yet is made: a core product with its
 * variant and inventory item, unless some product of the backend has the SKU, and the wholesale item.
 * The first row of a SKU names it and prices it; later rows sell at prices of their own.
 */
export async function ensureGoods(
  container: MedusaContainer,
  store_id: string,
  rows: readonly GoodsRow[]
): Promise<Map<string, ReplayGoods>> {
  const firstBySku = new Map<string, GoodsRow>()
  for (const row of rows) {
    firstBySku.set(row.sku, firstBySku.get(row.sku) ?? row)
  }
  const offered = await container
    .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
    .itemsForOrder(store_id, [...firstBySku.keys()])
  const goods = new Map<string, ReplayGoods>(offered.map((item) => [item.sku, item]))
  const missing = [...firstBySku.values()].filter(({ sku }) => !goods.has(sku))
  if (missing.length > 0) {
    const made = await makeGoods(container, store_id, missing)
    made.forEach((item) => goods.set(item.sku, item))
  }
  return goods
}

async function makeGoods(
  container: MedusaContainer,
  store_id: string,
  rows: readonly GoodsRow[]
): Promise<ReplayGoods[]> {
  const standing = await findVariants(container, rows.map(({ sku }) => sku))
  const missing = rows.filter(({ sku }) => !standing.has(sku))
  if (missing.length > 0) {
    await createProductsWorkflow(container).run({
      input: { products: missing.map(productOf) },
    })
  }
  const variants = missing.length > 0 ? await findVariants(container, rows.map(({ sku }) => sku)) : standing
  const goods = rows.map(({ sku, unit_price }) => {
    const variant_id = variants.get(sku)
    if (!variant_id) {
      throw new Error(`The variant ${sku} was not made.`)
    }
    return { sku, variant_id, wholesale_price: unit_price, published: true }
  })
  await upsertItemsWorkflow(container).run({
    input: { store_id, currency_code: CURRENCY, items: goods },
  })
  return goods
}

function productOf({ sku, title }: GoodsRow) {
  return {
    title,
    handle: `goods-${sku.toLowerCase()}`,
    status: "published" as const,
    options: [{ title: "Size", values: ["One size"] }],
    variants: [{ title: "One size", sku, manage_inventory: true, options: { Size: "One size" }, prices: [] }],
  }
}

async function findVariants(container: MedusaContainer, skus: readonly string[]): Promise<Map<string, string>> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "product_variant",
    fields: ["id", "sku"],
    filters: { sku: [...skus] },
  })
  return new Map(data.flatMap(({ id, sku }) => (sku ? [[sku, id] as const] : [])))
}
