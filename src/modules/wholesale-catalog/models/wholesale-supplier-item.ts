import { model } from "@medusajs/framework/utils"

/** An item of a supplier's catalog as this store last heard of it. */
const WholesaleSupplierItem = model
  .define("wholesale_supplier_item", {
    id: model.id({ prefix: "whsitem" }).primaryKey(),
    store_id: model.text(),
    connection_id: model.text(),
    sku: model.text().searchable(),
    title: model.text().searchable(),
    thumbnail: model.text().nullable(),
    currency_code: model.text(),
    price: model.bigNumber(),
    minimum_quantity: model.number().default(1),
    order_multiple: model.number().default(1),
    available: model.boolean().default(true),
    catalog_revision: model.number(),
  })
  .indexes([
    { on: ["connection_id", "sku"], unique: true },
    { on: ["store_id", "connection_id", "available"] },
  ])

export default WholesaleSupplierItem
