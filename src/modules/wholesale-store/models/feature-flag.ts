import { model } from "@medusajs/framework/utils"

/** What was set for a flag: of a store, or of the platform where `store_id` is null. */
export const WholesaleFeatureFlag = model
  .define("wholesale_feature_flag", {
    id: model.id({ prefix: "whflag" }).primaryKey(),
    flag: model.text(),
    store_id: model.text().nullable(),
    enabled: model.boolean(),
  })
  .indexes([
    { on: ["flag", "store_id"], unique: true, where: "store_id IS NOT NULL" },
    { on: ["flag"], unique: true, where: "store_id IS NULL" },
    { on: ["store_id"] },
  ])
