import { model } from "@medusajs/framework/utils"

import { SETTLE_FIRST } from "../domain/allocation-plan"

/** How payments settle, for a store (no account) or for one of its accounts. */
export const WholesaleReceivableSettings = model
  .define("wholesale_receivable_settings", {
    /** Follows from store and account. */
    id: model.id({ prefix: "whrecset" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text().nullable(),
    /** The currency of the amounts here; in others they do not count. */
    currency_code: model.text(),
    /** A residue up to this is written off; not set: none is. */
    write_off_tolerance: model.bigNumber().nullable(),
    /** Not set on an account: as its store. */
    settle_first: model.enum([...SETTLE_FIRST]).nullable(),
  })
  .indexes([{ on: ["store_id", "account_id"] }])
