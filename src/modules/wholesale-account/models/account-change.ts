import { model } from "@medusajs/framework/utils"

/** Who changed what of an account when: its terms, price tier, numbers and names. */
export const WholesaleAccountChange = model
  .define("wholesale_account_change", {
    id: model.id({ prefix: "whaccchg" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    field: model.text(),
    from_value: model.text().nullable(),
    to_value: model.text().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
    changed_at: model.dateTime(),
  })
  .indexes([{ on: ["account_id", "changed_at"] }])
