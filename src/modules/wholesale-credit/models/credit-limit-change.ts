import { model } from "@medusajs/framework/utils"

/** Who set which limit when: the audit of credit limits. */
export const WholesaleCreditLimitChange = model
  .define("wholesale_credit_limit_change", {
    id: model.id({ prefix: "whcredlim" }).primaryKey(),
    store_id: model.text(),
    credit_account_id: model.text(),
    from_limit: model.bigNumber().nullable(),
    to_limit: model.bigNumber().nullable(),
    reason: model.text().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
    changed_at: model.dateTime(),
  })
  .indexes([{ on: ["credit_account_id", "changed_at"] }])
