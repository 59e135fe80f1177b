import { model } from "@medusajs/framework/utils"

import type { PaymentTerms } from "../../../lib/terms/payment-terms"

/** A business customer of a store. */
export const WholesaleAccount = model
  .define("wholesale_account", {
    id: model.id({ prefix: "whacc" }).primaryKey(),
    store_id: model.text(),
    company_name: model.text().searchable(),
    number: model.text().searchable().nullable(),
    email: model.text().searchable().nullable(),
    phone: model.text().nullable(),
    tax_number: model.text().nullable(),
    currency_code: model.text(),
    terms: model.json<PaymentTerms>(),
    kind: model.enum(["trade", "cash"]),
    status: model.enum(["active", "closed"]),
    /** The core customer under which the mirrors of its invoices stand. */
    customer_id: model.text().nullable(),
    sales_rep_email: model.text().nullable(),
    /** Of the store's price tiers. */
    price_tier_id: model.text().nullable(),
    /** What makes its invoices due, whether they wait for others, and their series; null: as the store has it. */
    invoice_on: model.enum(["completion", "approval", "shipment"]).nullable(),
    invoice_consolidation: model.enum(["none", "manual", "weekly", "monthly"]).nullable(),
    invoice_series: model.text().nullable(),
  })
  .indexes([
    { on: ["store_id", "number"], unique: true, where: "number IS NOT NULL" },
    { on: ["store_id", "created_at"] },
    { on: ["customer_id"] },
    { on: ["price_tier_id"], where: "price_tier_id IS NOT NULL" },
  ])
