import { model } from "@medusajs/framework/utils"

import type { CreditSettings } from "../../../lib/credit-rules/credit-settings"
import type { PaymentTerms } from "../../../lib/terms/payment-terms"
import type { InvoiceSeries } from "../domain/invoice-series"
import type { PrintedBankAccount } from "../domain/print-settings"
import type { PostalAddress } from "../domain/store-settings"

/** A business that trades on this backend. */
export const WholesaleStore = model
  .define("wholesale_store", {
    id: model.id({ prefix: "whstore" }).primaryKey(),
    name: model.text().searchable(),
    mode: model.enum(["distributor", "retailer", "both"]),
    currency_code: model.text(),
    email: model.text().nullable(),
    phone: model.text().nullable(),
    tax_number: model.text().nullable(),
    address: model.json<PostalAddress>().nullable(),
    sales_channel_id: model.text().nullable(),
    mirror_sales_channel_id: model.text().nullable(),
    stock_location_ids: model.json<string[]>(),
    order_number_pattern: model.text(),
    purchase_order_number_pattern: model.text(),
    invoice_number_pattern: model.text(),
    credit_note_number_pattern: model.text(),
    invoice_on: model.enum(["completion", "approval", "shipment"]),
    invoice_consolidation: model.enum(["none", "manual", "weekly", "monthly"]).default("none"),
    /** Of accounts that name one. */
    invoice_series: model.json<InvoiceSeries[]>(),
    /** Who is told of orders that credit holds. */
    credit_manager_email: model.text().nullable(),
    /** Of accounts whose own are not given. */
    default_terms: model.json<PaymentTerms>(),
    /** The credit rules that accounts begin with, in the store's currency; null: no limit and no rules. */
    default_credit: model.json<CreditSettings>().nullable(),
    /** In the register of companies. */
    registration_number: model.text().nullable(),
    /** Where customers pay to. */
    bank_account: model.json<PrintedBankAccount>().nullable(),
    brand_color: model.text().nullable(),
    /** Of a file in Medusa's file module. */
    logo_file_id: model.text().nullable(),
    /** In whose words and figures documents are written. */
    locale: model.text().default("en"),
    footer_note: model.text().nullable(),
    incarnation: model.number().default(1),
    /** How often what partners see of the store has changed. */
    profile_revision: model.number().default(0),
    /** The one that all of the store's connections carry. */
    profile_announced_revision: model.number().default(0),
  })
  .indexes([
    { on: ["sales_channel_id"], unique: true, where: "sales_channel_id IS NOT NULL" },
    {
      name: "IDX_wholesale_store_profile_to_announce",
      on: ["id"],
      where: "profile_revision <> profile_announced_revision AND deleted_at IS NULL",
    },
  ])
