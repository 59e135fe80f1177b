import { model } from "@medusajs/framework/utils"

/** What a store's secrets are sealed under, itself wrapped under the operator's master key. */
export const WholesaleDataKey = model
  .define("wholesale_data_key", {
    /** 16 hex digits, which every value sealed under the key begins with. */
    id: model.text().primaryKey(),
    store_id: model.text(),
    master_key_id: model.text(),
    wrapped: model.text(),
    /** Whether secrets are sealed under it; the ones before it only open what is not resealed yet. */
    is_current: model.boolean().default(true),
  })
  .indexes([
    {
      name: "IDX_wholesale_data_key_current",
      on: ["store_id"],
      unique: true,
      where: "is_current AND deleted_at IS NULL",
    },
  ])
