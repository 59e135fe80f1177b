import { z } from "@medusajs/framework/zod"

import { listQuery, nonNegativeAmount, quantity, queryBoolean, rowId, text } from "./common"

const terms = {
  minimum_quantity: quantity.optional(),
  order_multiple: quantity.optional(),
  published: z.boolean().optional(),
}

export const upsertItems = z.strictObject({
  items: z
    .array(z.strictObject({ variant_id: rowId, wholesale_price: nonNegativeAmount, ...terms }))
    .min(1)
    .max(5_000),
})
export const updateItem = z.strictObject({
  wholesale_price: nonNegativeAmount.optional(),
  ...terms,
})
export const listItems = listQuery({ published: queryBoolean.optional() })

export const listSupplierItems = listQuery({
  available: queryBoolean.optional(),
  mapped: queryBoolean.optional(),
})
export const mapSkus = z.strictObject({
  mappings: z
    .array(z.strictObject({ supplier_sku: text(200), variant_id: rowId.nullable() }))
    .min(1)
    .max(5_000),
})
