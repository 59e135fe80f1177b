import { model } from "@medusajs/framework/utils"

/** Who changed which default of a store when. */
export const WholesaleStoreChange = model
  .define("wholesale_store_change", {
    id: model.id({ prefix: "whstchg" }).primaryKey(),
    store_id: model.text(),
    field: model.text(),
    from_value: model.text().nullable(),
    to_value: model.text().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
    changed_at: model.dateTime(),
  })
  .indexes([{ on: ["store_id", "changed_at"] }])
