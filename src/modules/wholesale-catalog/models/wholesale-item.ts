import { model } from "@medusajs/framework/utils"

/** A variant as a store offers it to other businesses. */
const WholesaleItem = model
  .define("wholesale_item", {
    id: model.id({ prefix: "whitem" }).primaryKey(),
    store_id: model.text(),
    product_id: model.text().index(),
    variant_id: model.text(),
    sku: model.text().searchable(),
    title: model.text().searchable(),
    thumbnail: model.text().nullable(),
    currency_code: model.text(),
    wholesale_price: model.bigNumber(),
    minimum_quantity: model.number().default(1),
    order_multiple: model.number().default(1),
    published: model.boolean().default(false),
    tax_code: model.text().nullable(),
  })
  .indexes([
    { on: ["store_id", "variant_id"], unique: true },
    { on: ["store_id", "sku"], unique: true },
    { on: ["store_id", "published"] },
    { on: ["store_id", "created_at"] },
  ])

export default WholesaleItem
