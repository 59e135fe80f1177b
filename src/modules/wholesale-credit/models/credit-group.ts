import { model } from "@medusajs/framework/utils"

import { CREDIT_POLICIES } from "../../../lib/credit-rules/credit-settings"

/** A limit that several accounts of one currency share. */
export const WholesaleCreditGroup = model
  .define("wholesale_credit_group", {
    id: model.id({ prefix: "whcredgrp" }).primaryKey(),
    store_id: model.text(),
    name: model.text(),
    currency_code: model.text(),
    credit_limit: model.bigNumber().nullable(),
    policy: model.enum([...CREDIT_POLICIES]).default("block"),
    /** Percent of the limit. */
    soft_threshold_percent: model.bigNumber().nullable(),
    hard_threshold_percent: model.bigNumber().nullable(),
  })
  .indexes([{ on: ["store_id", "name"], unique: true }])
