import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { Amount, decimalString } from "../../../lib/money/amount"
import { rawAmount } from "../../../lib/sql/insert-records"
import { assertCatalogEntries, assertUnique } from "../domain/item-input"

export interface ItemInput {
  readonly product_id: string
  readonly variant_id: string
  readonly sku: string
  readonly title: string
  readonly thumbnail?: string | null
  readonly currency_code: string
  /** Net price of one unit in major units. Kept as it is when not given; a new item needs one. */
  readonly wholesale_price?: Amount
  /** Kept as it is, or 1 for a new item, when not given. */
  readonly minimum_quantity?: number
  /** Kept as it is, or 1 for a new item, when not given. */
  readonly order_multiple?: number
  /** Kept as it is, or false for a new item, when not given. */
  readonly published?: boolean
  /** Kept as it is when not given; null clears it. */
  readonly tax_code?: string | null
}

export interface UpsertedItem {
  readonly id: string
  readonly variant_id: string
  readonly sku: string
  readonly created: boolean
}

/** What an order needs to know of an item. */
export interface OrderableItem {
  readonly id: string
  readonly product_id: string
  readonly variant_id: string
  readonly sku: string
  readonly title: string
  readonly thumbnail: string | null
  readonly currency_code: string
  /** Net price of one unit in major units, a decimal string. */
  readonly unit_price: Amount
  readonly minimum_quantity: number
  readonly order_multiple: number
  readonly published: boolean
  readonly tax_code: string | null
}

interface StandingItem {
  id: string
  variant_id: string
  sku: string
  wholesale_price: Amount
  minimum_quantity: number
  order_multiple: number
  published: boolean
  tax_code: string | null
}

const COLUMNS = [
  "id", "store_id", "product_id", "variant_id", "sku", "title", "thumbnail", "currency_code",
  "wholesale_price", "raw_wholesale_price", "minimum_quantity", "order_multiple", "published", "tax_code",
]
const KEPT_ON_UPDATE = new Set(["id", "store_id", "variant_id"])

const UPSERT = `
  insert into "wholesale_item" (${COLUMNS.join(", ")})
  select ${COLUMNS.join(", ")} from json_populate_recordset(null::"wholesale_item", ?::json)
  on conflict (store_id, variant_id) where deleted_at is null do update set
    ${COLUMNS.filter((column) => !KEPT_ON_UPDATE.has(column))
      .map((column) => `${column} = excluded.${column}`)
      .join(", ")},
    updated_at = now()`

/** See `WholesaleCatalogModuleService.upsertItems`. */
export async function upsertItems(
  em: EntityManager,
  storeId: string,
  items: readonly ItemInput[]
): Promise<UpsertedItem[]> {
  if (items.length === 0) {
    return []
  }
  assertUnique(items.map((item) => item.variant_id), "duplicate_variant", "Variant")

  await em.execute("select pg_advisory_xact_lock(hashtextextended(?, 0))", [`wholesale_item:${storeId}`])
  const variantIds = JSON.stringify(items.map((item) => item.variant_id))
  const standing = await em.execute<StandingItem[]>(
    `select id, variant_id, sku, raw_wholesale_price ->> 'value' as wholesale_price, minimum_quantity, order_multiple,
        published, tax_code
      from "wholesale_item" where store_id = ? and variant_id = any(array(select json_array_elements_text(?::json)))
        and deleted_at is null
      order by variant_id for update`,
    [storeId, variantIds]
  )
  const byVariant = new Map(standing.map((item) => [item.variant_id, item]))
  const rows = items.map((item) => itemRow(storeId, item, byVariant.get(item.variant_id)))
  assertCatalogEntries(rows.map((row) => ({ ...row, price: row.wholesale_price })))
  await assertSkusFree(em, storeId, rows.map((row) => row.sku), variantIds)

  const renamed = rows.filter((row) => byVariant.has(row.variant_id) && byVariant.get(row.variant_id)?.sku !== row.sku)
  if (renamed.length) {
    // Two items may exchange their SKUs: the old ones step aside before the new ones are written.
    await em.execute(
      `update "wholesale_item" set sku = id where id = any(array(select json_array_elements_text(?::json)))`,
      [JSON.stringify(renamed.map((row) => row.id))]
    )
  }
  await em.execute(UPSERT, [JSON.stringify(rows)])
  return rows.map(({ id, variant_id, sku }) => ({ id, variant_id, sku, created: !byVariant.has(variant_id) }))
}

function itemRow(storeId: string, item: ItemInput, standing: StandingItem | undefined) {
  // A new item without a price is refused with the other entries that make no sense.
  const price =
    item.wholesale_price === undefined ? (standing?.wholesale_price ?? "") : decimalString(item.wholesale_price)
  return {
    id: standing?.id ?? generateEntityId(undefined, "whitem"),
    store_id: storeId,
    product_id: item.product_id,
    variant_id: item.variant_id,
    sku: item.sku,
    title: item.title,
    thumbnail: item.thumbnail ?? null,
    currency_code: item.currency_code.toLowerCase(),
    wholesale_price: price,
    raw_wholesale_price: rawAmount(price),
    minimum_quantity: item.minimum_quantity ?? standing?.minimum_quantity ?? 1,
    order_multiple: item.order_multiple ?? standing?.order_multiple ?? 1,
    published: item.published ?? standing?.published ?? false,
    tax_code: item.tax_code !== undefined ? item.tax_code : (standing?.tax_code ?? null),
  }
}

async function assertSkusFree(
  em: EntityManager,
  storeId: string,
  skus: readonly string[],
  variantIds: string
): Promise<void> {
  const taken = await em.execute<{ sku: string; variant_id: string }[]>(
    `select sku, variant_id from "wholesale_item"
      where store_id = ? and sku = any(array(select json_array_elements_text(?::json))) and deleted_at is null
        and variant_id not in (select json_array_elements_text(?::json))
      order by sku`,
    [storeId, JSON.stringify(skus), variantIds]
  )
  if (taken.length) {
    throw new WholesaleError(
      409,
      "sku_taken",
      `SKU ${taken[0].sku} already belongs to the wholesale item of variant ${taken[0].variant_id}. ` +
        "Give one of the two another SKU.",
      { taken }
    )
  }
}

const ORDERABLE = `id, product_id, variant_id, sku, title, thumbnail, currency_code,
  raw_wholesale_price ->> 'value' as unit_price, minimum_quantity, order_multiple, published, tax_code`

/** See `WholesaleCatalogModuleService.itemsForOrder`. */
export async function itemsForOrder(
  em: EntityManager,
  storeId: string,
  skus: readonly string[]
): Promise<OrderableItem[]> {
  return em.execute<OrderableItem[]>(
    `select ${ORDERABLE} from "wholesale_item"
      where store_id = ? and sku = any(array(select json_array_elements_text(?::json))) and deleted_at is null
      order by sku`,
    [storeId, JSON.stringify([...new Set(skus)])]
  )
}

/** The items that partners may see, by SKU. */
export async function publishedItems(em: EntityManager, storeId: string): Promise<OrderableItem[]> {
  return em.execute<OrderableItem[]>(
    `select ${ORDERABLE} from "wholesale_item"
      where store_id = ? and published and deleted_at is null order by sku`,
    [storeId]
  )
}
