import { z } from "@medusajs/framework/zod"

import { address, calendarDay, currencyCode, email, listQuery, nonNegativeAmount, rowId, paymentTerms, text } from "./common"
import { invoiceConsolidation, invoiceOn } from "./stores"

const contact = {
  number: text(50).nullable().optional(),
  email: email.nullable().optional(),
  phone: text(50).nullable().optional(),
  tax_number: text(50).nullable().optional(),
  customer_id: rowId.nullable().optional(),
  sales_rep_email: email.nullable().optional(),
  terms: paymentTerms.optional(),
  price_tier_id: rowId.nullable().optional(),
  invoice_on: invoiceOn.nullable().optional(),
  invoice_consolidation: invoiceConsolidation.nullable().optional(),
  invoice_series: text(20).nullable().optional(),
}

export const createAccount = z.strictObject({
  company_name: text(200),
  currency_code: currencyCode.optional(),
  kind: z.enum(["trade", "cash"]).optional(),
  credit_limit: nonNegativeAmount.nullable().optional(),
  ...contact,
})
export const updateAccount = z.strictObject({
  company_name: text(200).optional(),
  status: z.enum(["active", "closed"]).optional(),
  /** Gives the account the terms and credit rules of its price tier. */
  apply_tier_defaults: z.boolean().optional(),
  ...contact,
})
export const listAccounts = listQuery({
  status: z.enum(["active", "closed"]).optional(),
  kind: z.enum(["trade", "cash"]).optional(),
})
export const listAccountChanges = listQuery({})
const location = {
  name: text(200),
  is_default_shipping: z.boolean().optional(),
  is_default_billing: z.boolean().optional(),
  ...address.omit({ company: true, first_name: true, last_name: true }).shape,
  address_1: text(200),
}
export const createLocation = z.strictObject(location)
const { address_2, city, postal_code, province, phone } = location
/** null takes a part of the address away. */
export const updateLocation = z
  .strictObject({
    ...location,
    address_2: address_2.nullable(),
    city: city.nullable(),
    postal_code: postal_code.nullable(),
    province: province.nullable(),
    phone: phone.nullable(),
  })
  .partial()
export const addTaxExemption = z.strictObject({
  location_id: rowId.nullable().optional(),
  /** UNTDID 5305: exempt, reverse charge, within the European Union, export, outside the scope of tax. */
  category: z.enum(["E", "AE", "K", "G", "O"]),
  certificate_number: text(100),
  reason: text(200),
  valid_from: calendarDay.nullable().optional(),
  expires_on: calendarDay.nullable().optional(),
})
export const addEmployee = z.strictObject({
  customer_id: rowId,
  role: z.enum(["buyer", "admin"]).default("buyer"),
})
