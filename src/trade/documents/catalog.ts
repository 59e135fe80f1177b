import { z } from "@medusajs/framework/zod"

import { amountFromZero, currencyCode, isUnique, quantity, shortText, sku } from "./parts"

const MAX_ITEMS = 100_000

/** Everything the retailer may order, priced for it: what is not in it is no longer offered. */
export const catalogBody = z.object({
  version: z.literal(1),
  currency_code: currencyCode,
  items: z
    .array(
      z.object({
        sku,
        title: shortText,
        thumbnail: z.string().max(2_000).nullable(),
        price: amountFromZero,
        minimum_quantity: quantity,
        order_multiple: quantity,
        available: z.boolean(),
      })
    )
    .max(MAX_ITEMS)
    .refine((items) => isUnique(items, (item) => item.sku), { message: "a sku stands twice" }),
})
export type CatalogBody = z.infer<typeof catalogBody>
export type CatalogItem = CatalogBody["items"][number]
