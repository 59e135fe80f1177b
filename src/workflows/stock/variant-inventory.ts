import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import type { StockNeed } from "../../modules/wholesale-stock/domain/plan-stock"
import type { StockLine } from "./move-stock"

interface VariantInventory {
  readonly id: string
  readonly manage_inventory: boolean
  readonly allow_backorder: boolean
  readonly inventory_items?:
    | readonly ({ readonly inventory_item_id: string; readonly required_quantity: number } | null)[]
    | null
}

export interface VariantNeeds {
  readonly needs: readonly StockNeed[]
  /** Lines whose variant is gone, or is managed and linked to no inventory item. */
  readonly unknown: readonly StockLine[]
}

/**
 * What lines need of which inventory items, read in one query. A variant whose inventory is not
 * managed needs nothing; a kit needs each of its items `required_quantity` times.
 */
export async function needsOfLines(
  container: MedusaContainer,
  lines: readonly StockLine[]
): Promise<VariantNeeds> {
  const ids = [...new Set(lines.flatMap(({ variant_id }) => (variant_id ? [variant_id] : [])))]
  if (ids.length === 0) {
    return { needs: [], unknown: [] }
  }
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "product_variant",
    fields: [
      "id",
      "manage_inventory",
      "allow_backorder",
      "inventory_items.inventory_item_id",
      "inventory_items.required_quantity",
    ],
    filters: { id: ids },
  })
  const variants = new Map((data as VariantInventory[]).map((variant) => [variant.id, variant]))

  const needs: StockNeed[] = []
  const unknown: StockLine[] = []
  for (const line of lines) {
    const { line_id, variant_id, sku, quantity } = line
    if (!variant_id || quantity === 0) {
      continue
    }
    const variant = variants.get(variant_id)
    if (variant && !variant.manage_inventory) {
      continue
    }
    const items = (variant?.inventory_items ?? []).filter((item) => item !== null)
    if (!variant || items.length === 0) {
      unknown.push(line)
      continue
    }
    for (const { inventory_item_id, required_quantity } of items) {
      const { allow_backorder } = variant
      needs.push({ line_id, sku, inventory_item_id, required_quantity, quantity, allow_backorder })
    }
  }
  return { needs, unknown }
}

/** @throws WholesaleError 409 `inventory_item_missing` with the SKUs that keep no inventory item */
export function assertAllKnown({ unknown }: Pick<VariantNeeds, "unknown">): void {
  if (unknown.length > 0) {
    const skus = unknown.map(({ sku }) => sku)
    throw new WholesaleError(
      409,
      "inventory_item_missing",
      `No inventory item belongs to ${skus.join(", ")}: link one to the variant or stop managing its inventory.`,
      { skus }
    )
  }
}
