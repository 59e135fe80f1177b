import { model } from "@medusajs/framework/utils"

/** Who changed which setting of an account's credit or of a group when: the audit of credit. */
export const WholesaleCreditChange = model
  .define("wholesale_credit_change", {
    id: model.id({ prefix: "whcredchg" }).primaryKey(),
    store_id: model.text(),
    /** What was changed: an account's credit or a group. */
    credit_account_id: model.text().nullable(),
    group_id: model.text().nullable(),
    field: model.text(),
    from_value: model.text().nullable(),
    to_value: model.text().nullable(),
    reason: model.text().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
    changed_at: model.dateTime(),
  })
  .indexes([
    { on: ["credit_account_id", "changed_at"], where: "credit_account_id IS NOT NULL" },
    { on: ["group_id", "changed_at"], where: "group_id IS NOT NULL" },
  ])
