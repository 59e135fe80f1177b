import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { notFound } from "../../../lib/errors/wholesale-error"
import { Amount, decimalString } from "../../../lib/money/amount"
import { rawAmount } from "../../../lib/sql/insert-records"
import { assertCatalogEntries, CatalogEntry } from "../domain/item-input"

export interface SupplierCatalogInput {
  readonly store_id: string
  readonly connection_id: string
  /** Raised by the supplier after a restore from backup; its revisions start anew with it. */
  readonly incarnation?: number
  readonly revision: number
  readonly items: readonly CatalogEntry[]
}

export interface AppliedCatalog {
  readonly state: "applied" | "ignored"
  readonly item_count: number
  /** Items that the catalog no longer names and that cannot be ordered any more. */
  readonly vanished: number
}

export interface SupplierItem {
  readonly id: string
  readonly sku: string
  readonly title: string
  readonly thumbnail: string | null
  readonly currency_code: string
  /** Net price of one unit in major units, a decimal string. */
  readonly unit_price: Amount
  readonly minimum_quantity: number
  readonly order_multiple: number
  readonly available: boolean
  /** The store's own variant, where the SKU is mapped. */
  readonly variant_id: string | null
}

export interface SupplierCatalogQuery {
  readonly store_id: string
  readonly connection_id: string
  readonly available?: boolean
  readonly mapped?: boolean
  /** Part of a SKU or a title, in any case. */
  readonly q?: string
  readonly limit: number
  readonly offset: number
}

const COLUMNS = [
  "id", "store_id", "connection_id", "sku", "title", "thumbnail", "currency_code", "price", "raw_price",
  "minimum_quantity", "order_multiple", "available", "catalog_revision",
]
const KEPT_ON_UPDATE = new Set(["id", "store_id", "connection_id", "sku"])

const UPSERT = `
  insert into "wholesale_supplier_item" (${COLUMNS.join(", ")})
  select ${COLUMNS.join(", ")} from json_populate_recordset(null::"wholesale_supplier_item", ?::json)
  on conflict (connection_id, sku) where deleted_at is null do update set
    ${COLUMNS.filter((column) => !KEPT_ON_UPDATE.has(column))
      .map((column) => `${column} = excluded.${column}`)
      .join(", ")},
    updated_at = now()`

/** See `WholesaleCatalogModuleService.applySupplierCatalog`. */
export async function applySupplierCatalog(
  em: EntityManager,
  { store_id, connection_id, incarnation = 0, revision, items }: SupplierCatalogInput
): Promise<AppliedCatalog> {
  assertCatalogEntries(items)
  if (!(await claimRevision(em, { store_id, connection_id, incarnation, revision, item_count: items.length }))) {
    return { state: "ignored", item_count: items.length, vanished: 0 }
  }
  const rows = items.map((item) => {
    const price = decimalString(item.price)
    return {
      id: generateEntityId(undefined, "whsitem"),
      store_id,
      connection_id,
      sku: item.sku,
      title: item.title,
      thumbnail: item.thumbnail ?? null,
      currency_code: item.currency_code,
      price,
      raw_price: rawAmount(price),
      minimum_quantity: item.minimum_quantity,
      order_multiple: item.order_multiple,
      available: item.available ?? true,
      catalog_revision: revision,
    }
  })
  if (rows.length) {
    await em.execute(UPSERT, [JSON.stringify(rows)])
  }
  const vanished = await em.execute<{ id: string }[]>(
    `update "wholesale_supplier_item" set available = false, updated_at = now()
      where store_id = ? and connection_id = ? and available and deleted_at is null
        and sku not in (select json_array_elements_text(?::json))
      returning id`,
    [store_id, connection_id, JSON.stringify(items.map((item) => item.sku))]
  )
  return { state: "applied", item_count: items.length, vanished: vanished.length }
}

/**
 * Locks the connection's catalog row and moves it on to the revision; false where a revision as new
 * has been there. Two catalogs of one connection take turns here.
 */
async function claimRevision(
  em: EntityManager,
  catalog: { store_id: string; connection_id: string; incarnation: number; revision: number; item_count: number }
): Promise<boolean> {
  const { store_id, connection_id, incarnation, revision, item_count } = catalog
  const [row] = await em.execute<{ id: string }[]>(
    `insert into "wholesale_supplier_catalog" as standing
        (id, store_id, connection_id, incarnation, revision, item_count, applied_at)
      values (?, ?, ?, ?, ?, ?, now())
      on conflict (connection_id) where deleted_at is null do update set
        incarnation = excluded.incarnation, revision = excluded.revision, item_count = excluded.item_count,
        applied_at = excluded.applied_at, updated_at = now()
      where standing.store_id = excluded.store_id
        and (excluded.incarnation, excluded.revision) > (standing.incarnation, standing.revision)
      returning id`,
    [generateEntityId(undefined, "whscat"), store_id, connection_id, incarnation, revision, item_count]
  )
  if (row) {
    return true
  }
  const [standing] = await em.execute<{ store_id: string }[]>(
    `select store_id from "wholesale_supplier_catalog" where connection_id = ? and deleted_at is null`,
    [connection_id]
  )
  if (standing?.store_id !== store_id) {
    throw notFound("Connection", connection_id)
  }
  return false
}

const READ = `item.id, item.sku, item.title, item.thumbnail, item.currency_code,
  item.raw_price ->> 'value' as unit_price, item.minimum_quantity, item.order_multiple, item.available,
  mapping.variant_id`
const FROM = `"wholesale_supplier_item" item
  left join "wholesale_sku_mapping" mapping on mapping.connection_id = item.connection_id
    and mapping.supplier_sku = item.sku and mapping.store_id = item.store_id and mapping.deleted_at is null`

/** See `WholesaleCatalogModuleService.supplierItems`. */
export async function supplierItems(
  em: EntityManager,
  { store_id, connection_id, skus }: { store_id: string; connection_id: string; skus: readonly string[] }
): Promise<SupplierItem[]> {
  return em.execute<SupplierItem[]>(
    `select ${READ} from ${FROM}
      where item.store_id = ? and item.connection_id = ? and item.deleted_at is null
        and item.sku = any(array(select json_array_elements_text(?::json)))
      order by item.sku`,
    [store_id, connection_id, JSON.stringify([...new Set(skus)])]
  )
}

/** See `WholesaleCatalogModuleService.supplierCatalogPage`. */
export async function supplierCatalogPage(
  em: EntityManager,
  { store_id, connection_id, available, mapped, q, limit, offset }: SupplierCatalogQuery
): Promise<[SupplierItem[], number]> {
  const conditions = ["item.store_id = ?", "item.connection_id = ?", "item.deleted_at is null"]
  const params: (string | boolean)[] = [store_id, connection_id]
  if (available !== undefined) {
    conditions.push("item.available = ?")
    params.push(available)
  }
  if (mapped !== undefined) {
    conditions.push(`mapping.variant_id is ${mapped ? "not null" : "null"}`)
  }
  if (q) {
    conditions.push("(item.sku ilike ? or item.title ilike ?)")
    const pattern = `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    params.push(pattern, pattern)
  }
  const where = conditions.join(" and ")
  const [{ count }] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from ${FROM} where ${where}`,
    params
  )
  const items = await em.execute<SupplierItem[]>(
    `select ${READ} from ${FROM} where ${where} order by item.sku limit ? offset ?`,
    [...params, limit, offset]
  )
  return [items, count]
}
