import { model } from "@medusajs/framework/utils"

/** The last number a store gave in a series; `year` is 0 for a series that runs for ever. */
const WholesaleOrderSeries = model
  .define("wholesale_order_series", {
    id: model.id({ prefix: "whordser" }).primaryKey(),
    store_id: model.text(),
    series: model.text(),
    year: model.number(),
    last_sequence: model.number(),
  })
  .indexes([{ on: ["store_id", "series", "year"], unique: true }])

export default WholesaleOrderSeries
