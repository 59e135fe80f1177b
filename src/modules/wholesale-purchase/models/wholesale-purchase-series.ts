import { model } from "@medusajs/framework/utils"

/** The last number given in a series of a store; the row lock makes numbers gapless. */
const WholesalePurchaseSeries = model
  .define("wholesale_purchase_series", {
    id: model.id({ prefix: "whposer" }).primaryKey(),
    store_id: model.text(),
    series: model.text(),
    year: model.number(),
    last_sequence: model.number(),
  })
  .indexes([{ on: ["store_id", "series", "year"], unique: true }])

export default WholesalePurchaseSeries
