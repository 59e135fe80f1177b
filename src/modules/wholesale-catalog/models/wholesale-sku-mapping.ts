import { model } from "@medusajs/framework/utils"

/** Which of the store's own variants a supplier's SKU is. */
const WholesaleSkuMapping = model
  .define("wholesale_sku_mapping", {
    id: model.id({ prefix: "whmap" }).primaryKey(),
    store_id: model.text(),
    connection_id: model.text(),
    supplier_sku: model.text(),
    variant_id: model.text(),
  })
  .indexes([
    { on: ["connection_id", "supplier_sku"], unique: true },
    { on: ["store_id", "variant_id"] },
  ])

export default WholesaleSkuMapping
