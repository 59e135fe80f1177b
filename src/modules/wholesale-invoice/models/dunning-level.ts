import { model } from "@medusajs/framework/utils"

/** From how many days late a store reminds, and what it charges for it. */
export const WholesaleDunningLevel = model
  .define("wholesale_dunning_level", {
    id: model.id({ prefix: "whdunlev" }).primaryKey(),
    store_id: model.text(),
    /** From 1. */
    level: model.number(),
    days_late: model.number(),
    /** The fee's; on invoices in another none is charged. */
    currency_code: model.text(),
    fee: model.bigNumber().nullable(),
    /** A year's, simple, on what is outstanding. */
    interest_percent: model.bigNumber().nullable(),
  })
  .indexes([{ on: ["store_id", "level"], unique: true }])
