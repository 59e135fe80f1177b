import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { notFound, WholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"

export interface UpsertItemsInput {
  readonly store_id: string
  readonly currency_code: string
  readonly items: readonly {
    readonly variant_id: string
    /** Net of tax, one unit, in major units of the store's currency. What is not given stays as it is. */
    readonly wholesale_price?: string
    readonly minimum_quantity?: number
    readonly order_multiple?: number
    readonly published?: boolean
  }[]
}

const upsertItemsStep = createStep(
  "wholesale-upsert-items",
  async ({ store_id, currency_code, items }: UpsertItemsInput, { container }) => {
    const { data: variants } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
      entity: "product_variant",
      fields: ["id", "sku", "title", "product_id", "product.title", "product.thumbnail"],
      filters: { id: items.map(({ variant_id }) => variant_id) },
    })
    const byId = new Map(variants.map((variant) => [variant.id, variant]))
    const rows = items.map((item) => {
      const variant = byId.get(item.variant_id)
      if (!variant?.product_id) {
        throw notFound("Product variant", item.variant_id)
      }
      if (!variant.sku) {
        throw new WholesaleError(
          409,
          "variant_without_sku",
          `Variant ${variant.title} of ${variant.product?.title} has no SKU. Give it one: partners order by SKU.`,
          { variant_id: variant.id }
        )
      }
      return {
        ...item,
        product_id: variant.product_id,
        sku: variant.sku,
        title: itemTitle(variant.product?.title, variant.title),
        thumbnail: variant.product?.thumbnail ?? null,
        currency_code,
      }
    })
    const upserted = await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .upsertItems(store_id, rows)
    return new StepResponse(upserted)
  }
)

/** Offers product variants to partners: price, minimum and multiple by variant, names from core. */
export const upsertItemsWorkflow = createWorkflow(
  "wholesale-upsert-items",
  (input: WorkflowData<UpsertItemsInput>) => new WorkflowResponse(upsertItemsStep(input))
)

/** A product's only variant has a name that says nothing, "Default variant" or "One size". */
function itemTitle(product: string | undefined, variant: string): string {
  const plain = /^(default( variant)?|one size)$/i.test(variant)
  return product && !plain && variant !== product ? `${product} / ${variant}` : (product ?? variant)
}
