import { model } from "@medusajs/framework/utils"

import { CREDIT_POLICIES } from "../../../lib/credit-rules/credit-settings"

/**
 * How far one account's credit goes, and its running totals. The totals change only together with an
 * entry and must equal the sum of the entries at all times.
 */
export const WholesaleCreditAccount = model
  .define("wholesale_credit_account", {
    id: model.id({ prefix: "whcred" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    currency_code: model.text(),
    /** Whose limit the account shares besides its own. */
    group_id: model.text().nullable(),
    /** null: no limit; 0: nothing on account; positive: up to it. */
    credit_limit: model.bigNumber().nullable(),
    policy: model.enum([...CREDIT_POLICIES]).default("block"),
    /** Percent of the limit. */
    soft_threshold_percent: model.bigNumber().nullable(),
    hard_threshold_percent: model.bigNumber().nullable(),
    past_due_days: model.number().nullable(),
    past_due_tolerance: model.bigNumber().nullable(),
    balance: model.bigNumber().default(0),
    reserved: model.bigNumber().default(0),
    /** The sequence of the newest entry. */
    entry_count: model.number().default(0),
  })
  .indexes([
    { on: ["account_id"], unique: true },
    { on: ["store_id", "account_id"] },
    { on: ["group_id"], where: "group_id IS NOT NULL" },
  ])
