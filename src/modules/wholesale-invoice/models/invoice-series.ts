import { model } from "@medusajs/framework/utils"

/** The last number drawn of a store's series in a year (0 where the pattern shows no year). */
export const WholesaleInvoiceSeries = model
  .define("wholesale_invoice_series", {
    id: model.id({ prefix: "whinvser" }).primaryKey(),
    store_id: model.text(),
    series: model.text(),
    year: model.number(),
    last_sequence: model.number(),
  })
  .indexes([{ on: ["store_id", "series", "year"], unique: true }])
