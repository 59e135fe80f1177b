import { z } from "@medusajs/framework/zod"

import { defaultCredit } from "./credit"
import { address, currencyCode, email, listQuery, rowId, paymentTerms, text } from "./common"

export const storeMode = z.enum(["distributor", "retailer", "both"])
export const invoiceOn = z.enum(["completion", "approval", "shipment"])
export const invoiceConsolidation = z.enum(["none", "manual", "weekly", "monthly"])
const numberPattern = text(40).regex(/\{SEQ(:\d{1,2})?\}/, "must hold one {SEQ:6}")

/** What the store prints on its documents besides its profile. */
const printed = {
  registration_number: text(50).nullable().optional(),
  /** `account_number` is the IBAN, or the account's own number where the country has none. */
  bank_account: z
    .strictObject({
      holder: text(200).nullable().default(null),
      account_number: text(50),
      bic: text(20).nullable().default(null),
    })
    .nullable()
    .optional(),
  brand_color: z.string().trim().regex(/^#[0-9a-fA-F]{6}$/, "must be a colour, such as #1a2b3c").nullable().optional(),
  /** Of a PNG or JPEG that was uploaded to Medusa's file module. */
  logo_file_id: text(500).nullable().optional(),
  locale: text(35).optional(),
  footer_note: text(1_000).nullable().optional(),
}

const settings = {
  email: email.nullable().optional(),
  phone: text(50).nullable().optional(),
  tax_number: text(50).nullable().optional(),
  address: address.nullable().optional(),
  sales_channel_id: rowId.nullable().optional(),
  stock_location_ids: z.array(rowId).max(50).optional(),
  order_number_pattern: numberPattern.optional(),
  purchase_order_number_pattern: numberPattern.optional(),
  invoice_number_pattern: numberPattern.optional(),
  credit_note_number_pattern: numberPattern.optional(),
  invoice_on: invoiceOn.optional(),
  invoice_consolidation: invoiceConsolidation.optional(),
  invoice_series: z.array(z.strictObject({ series: text(20), pattern: numberPattern })).max(50).optional(),
  credit_manager_email: email.nullable().optional(),
  default_terms: paymentTerms.optional(),
  default_credit: defaultCredit.nullable().optional(),
  ...printed,
}

export const createStore = z.strictObject({
  name: text(200),
  mode: storeMode,
  currency_code: currencyCode,
  ...settings,
})
export const updateStore = z.strictObject({
  name: text(200).optional(),
  mode: storeMode.optional(),
  ...settings,
})
export const addMember = z.strictObject({
  actor_type: z.enum(["user", "api-key"]),
  actor_id: rowId,
})
export const listStores = listQuery({})
export const listMembers = listQuery({})
export const setFeatureFlag = z.strictObject({ enabled: z.boolean() })
export const listFlagChanges = listQuery({ flag: text(60).optional() })
