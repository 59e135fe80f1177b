import { model } from "@medusajs/framework/utils"

import { EXEMPTION_CATEGORIES } from "../domain/tax-exemption"

/** The proof that an account, or one of its locations, is not charged tax. Ended, never changed. */
export const WholesaleTaxExemption = model
  .define("wholesale_tax_exemption", {
    id: model.id({ prefix: "whexm" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    /** For goods that go there; null for goods that go anywhere. */
    location_id: model.text().nullable(),
    category: model.enum([...EXEMPTION_CATEGORIES]),
    certificate_number: model.text(),
    reason: model.text(),
    /** Calendar days, `2026-01-31`; the last one still counts. */
    valid_from: model.text().nullable(),
    expires_on: model.text().nullable(),
  })
  .indexes([{ on: ["account_id"] }])
