import { model } from "@medusajs/framework/utils"

/**
 * The running totals of one account's credit. They change only together with an entry and must
 * equal the sum of the entries at all times.
 */
export const WholesaleCreditAccount = model
  .define("wholesale_credit_account", {
    id: model.id({ prefix: "whcred" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    currency_code: model.text(),
    /** null: no limit; 0: nothing on account; positive: up to it. */
    credit_limit: model.bigNumber().nullable(),
    balance: model.bigNumber().default(0),
    reserved: model.bigNumber().default(0),
    /** The sequence of the newest entry. */
    entry_count: model.number().default(0),
  })
  .indexes([{ on: ["account_id"], unique: true }, { on: ["store_id", "account_id"] }])
