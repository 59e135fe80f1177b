import { model } from "@medusajs/framework/utils"

/** The newest catalog that came through one connection, also when it was empty. */
const WholesaleSupplierCatalog = model
  .define("wholesale_supplier_catalog", {
    id: model.id({ prefix: "whscat" }).primaryKey(),
    store_id: model.text().index(),
    connection_id: model.text(),
    incarnation: model.number().default(0),
    revision: model.number(),
    item_count: model.number(),
    applied_at: model.dateTime(),
  })
  .indexes([{ on: ["connection_id"], unique: true }])

export default WholesaleSupplierCatalog
