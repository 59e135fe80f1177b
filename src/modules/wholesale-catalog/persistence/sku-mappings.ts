import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { notFound } from "../../../lib/errors/wholesale-error"
import { assertUnique } from "../domain/item-input"

export interface SkuMapping {
  readonly supplier_sku: string
  readonly variant_id: string
}

export interface SkuMappingInput {
  readonly supplier_sku: string
  /** The store's own variant, or null to forget the mapping. */
  readonly variant_id: string | null
}

/** See `WholesaleCatalogModuleService.mapSkus`. */
export async function mapSkus(
  em: EntityManager,
  {
    store_id,
    connection_id,
    mappings,
  }: { store_id: string; connection_id: string; mappings: readonly SkuMappingInput[] }
): Promise<void> {
  assertUnique(mappings.map((mapping) => mapping.supplier_sku), "duplicate_sku", "SKU")
  const rows = mappings
    .filter((mapping) => mapping.variant_id !== null)
    .sort((left, right) => (left.supplier_sku < right.supplier_sku ? -1 : 1))
    .map((mapping) => ({ id: generateEntityId(undefined, "whmap"), store_id, connection_id, ...mapping }))
  if (rows.length) {
    const written = await em.execute<{ id: string }[]>(
      `insert into "wholesale_sku_mapping" as standing (id, store_id, connection_id, supplier_sku, variant_id)
        select id, store_id, connection_id, supplier_sku, variant_id
          from json_populate_recordset(null::"wholesale_sku_mapping", ?::json)
        on conflict (connection_id, supplier_sku) where deleted_at is null do update
          set variant_id = excluded.variant_id, updated_at = now()
          where standing.store_id = excluded.store_id
        returning id`,
      [JSON.stringify(rows)]
    )
    if (written.length < rows.length) {
      throw notFound("Connection", connection_id)
    }
  }
  const forgotten = mappings.filter((mapping) => mapping.variant_id === null)
  if (forgotten.length) {
    await em.execute(
      `delete from "wholesale_sku_mapping"
        where store_id = ? and connection_id = ?
          and supplier_sku = any(array(select json_array_elements_text(?::json)))`,
      [store_id, connection_id, JSON.stringify(forgotten.map((mapping) => mapping.supplier_sku))]
    )
  }
}

/** See `WholesaleCatalogModuleService.mappings`. */
export async function mappings(
  em: EntityManager,
  { store_id, connection_id, skus }: { store_id: string; connection_id: string; skus: readonly string[] }
): Promise<SkuMapping[]> {
  return em.execute<SkuMapping[]>(
    `select supplier_sku, variant_id from "wholesale_sku_mapping"
      where store_id = ? and connection_id = ? and deleted_at is null
        and supplier_sku = any(array(select json_array_elements_text(?::json)))
      order by supplier_sku`,
    [store_id, connection_id, JSON.stringify([...new Set(skus)])]
  )
}
