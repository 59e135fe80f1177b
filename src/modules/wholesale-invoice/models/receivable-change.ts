import { model } from "@medusajs/framework/utils"

/** Who changed how payments settle, or how a store reminds, and when: the audit of receivables. */
export const WholesaleReceivableChange = model
  .define("wholesale_receivable_change", {
    id: model.id({ prefix: "whrecchg" }).primaryKey(),
    store_id: model.text(),
    /** Null: of the store. */
    account_id: model.text().nullable(),
    field: model.text(),
    from_value: model.text().nullable(),
    to_value: model.text().nullable(),
    reason: model.text().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
    changed_at: model.dateTime(),
  })
  .indexes([{ on: ["store_id", "account_id", "changed_at"] }])
