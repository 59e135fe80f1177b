import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import { ownedRow } from "../../lib/errors/owned-row"
import { notFound } from "../../lib/errors/wholesale-error"
import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type { SkuMapping, SkuMappingInput } from "../../modules/wholesale-catalog/persistence/sku-mappings"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type { UnstockedLine } from "../../modules/wholesale-purchase/persistence/stocking"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { stockMappedLines } from "../purchase/stock-mapped-lines"
import { assertAllKnown, needsOfLines } from "../stock/variant-inventory"

export interface MapSkusInput {
  /** The retailer's store. */
  readonly store_id: string
  readonly connection_id: string
  /** A variant of null forgets the mapping; what was ordered or received by it stays as it is. */
  readonly mappings: readonly SkuMappingInput[]
}

const mapSkusStep = createStep(
  "wholesale-map-skus",
  async ({ store_id, connection_id, mappings }: MapSkusInput, { container }) => {
    const connections = await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .listWholesaleConnections(
        { id: connection_id, store_id, role: "retailer" },
        { take: 1, select: ["id"] }
      )
    ownedRow(connections, "Supplier", connection_id)
    const known = mappings.flatMap(({ supplier_sku, variant_id }): SkuMapping[] =>
      variant_id === null ? [] : [{ supplier_sku, variant_id }]
    )
    await assertStockable(container, known)
    await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .mapSkus({ store_id, connection_id, mappings })
    const toStock = known.length
      ? await container
          .resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
          .mapLines({ store_id, connection_id, mappings: known })
      : []
    return new StepResponse(toStock)
  }
)

/** Fails with the first line that could not be stocked, once the others are. */
const stockMappedLinesStep = createStep(
  "wholesale-stock-mapped-lines",
  async (lines: readonly UnstockedLine[], { container }) => {
    const { failed } = await stockMappedLines(container, lines)
    if (failed.length > 0) {
      throw failed[0].error
    }
    return new StepResponse()
  }
)

/**
 * Says which own variants a supplier's SKUs are: for purchase orders to come, for open lines, and for
 * goods that were received without a mapping, which go into stock now, each line once. Running again
 * changes nothing but stocks what a crash left behind.
 *
 * @throws WholesaleError 404 for a connection over which the store does not buy, or a missing variant;
 *   400 `duplicate_sku`; 409 `inventory_item_missing`
 */
export const mapSkusWorkflow = createWorkflow(
  "wholesale-map-skus",
  (input: WorkflowData<MapSkusInput>) => {
    stockMappedLinesStep(mapSkusStep(input))
  }
)

/** Refused before anything is written: goods already received by a mapping keep its variant. */
async function assertStockable(container: MedusaContainer, mappings: readonly SkuMapping[]): Promise<void> {
  const ids = [...new Set(mappings.map(({ variant_id }) => variant_id))]
  if (ids.length === 0) {
    return
  }
  const { data: variants } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "product_variant",
    fields: ["id"],
    filters: { id: ids },
  })
  const found = new Set(variants.map(({ id }) => id))
  const missing = ids.find((id) => !found.has(id))
  if (missing) {
    throw notFound("Product variant", missing)
  }
  const lines = mappings.map(({ supplier_sku, variant_id }) => ({
    line_id: supplier_sku,
    variant_id,
    sku: supplier_sku,
    quantity: 1,
  }))
  assertAllKnown(await needsOfLines(container, lines))
}
