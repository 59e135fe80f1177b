import { z } from "@medusajs/framework/zod"

import { FULFILMENT_METHODS } from "../lib/fulfilment/methods"
import { isCurrencyCode } from "../lib/money/currency-code"
import { MAX_TERMS_DAYS, TERMS_TYPES } from "../lib/terms/payment-terms"

/** A required text that is more than white space. */
export const text = (max: number) => z.string().trim().min(1).max(max)

/** An id of a row; nothing is promised of its shape. */
export const rowId = text(64)

/** ISO 4217 code, kept in lower case as Medusa does. */
export const currencyCode = z
  .string()
  .trim()
  .regex(/^[a-zA-Z]{3}$/, "must be an ISO 4217 code of three letters")
  .transform((code) => code.toLowerCase())
  .refine(isCurrencyCode, "must be the ISO 4217 code of a currency")

/**
 * An amount in major units: a number or a decimal string, handed on as a plain decimal string. At
 * most twelve digits before the point and eight after it.
 */
export const amount = z
  .union([z.number(), z.string().trim()])
  .transform((value) => (typeof value === "number" ? plainDecimal(value) : value))
  .pipe(z.string().regex(/^-?\d{1,12}(\.\d{1,8})?$/, "must be a decimal number, such as 12.50"))

export const nonNegativeAmount = amount.refine((value) => !value.startsWith("-"), {
  message: "must not be negative",
})

export const positiveAmount = nonNegativeAmount.refine((value) => /[1-9]/.test(value), {
  message: "must be more than zero",
})

export const quantity = z.number().int().min(1).max(100_000_000)
export const quantityOrNone = z.number().int().min(0).max(100_000_000)
export const reason = text(500)
export const note = text(2_000)
/** Payment terms; what the type does not count may be left out. */
export const paymentTerms = z.strictObject({
  type: z.enum(TERMS_TYPES),
  days: z.number().int().min(0).max(MAX_TERMS_DAYS).optional(),
  discount: z
    .strictObject({
      /** Percent of the invoice's total. */
      percent: z.union([z.number(), z.string().trim()]).transform(String),
      days: z.number().int().min(0).max(MAX_TERMS_DAYS),
    })
    .nullable()
    .optional(),
})
export const isoDateTime = z.iso.datetime({ offset: true })
/** `2026-01-31` */
export const calendarDay = z.iso.date()
export const email = z.email().max(254)

export const address = z.strictObject({
  company: text(200).optional(),
  first_name: text(100).optional(),
  last_name: text(100).optional(),
  address_1: text(200).optional(),
  address_2: text(200).optional(),
  city: text(100).optional(),
  postal_code: text(20).optional(),
  province: text(100).optional(),
  country_code: z
    .string()
    .regex(/^[a-zA-Z]{2}$/, "must be an ISO 3166-1 code of two letters")
    .transform((code) => code.toLowerCase()),
  phone: text(50).optional(),
})
export type Address = z.infer<typeof address>

export const fulfilmentMethod = z.enum(FULFILMENT_METHODS)

/** Where and when a pickup order is handed over; `at` with its UTC offset. */
export const pickup = z.strictObject({ place: text(300).optional(), at: isoDateTime.optional() })

export const empty = z.strictObject({})
export const withReason = z.strictObject({ reason })
export const withOptionalReason = z.strictObject({ reason: reason.optional() })

/** Query members every list takes. `filters` are the resource's own. */
export function listQuery<Filters extends z.ZodRawShape>(filters: Filters) {
  return z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
    order: z
      .string()
      .regex(/^-?[a-z_]{1,40}$/, "must be a column name, with a leading - for descending")
      .default("-created_at"),
    q: text(200).optional(),
    fields: text(500).optional(),
    ...filters,
  })
}

/** Any of several values, apart by commas or each under the name with `[]`: `a`, `a,b`. */
export function anyOf<Value extends z.ZodType>(value: Value) {
  return z.preprocess(
    (written) => (typeof written === "string" ? written.split(",") : written),
    z.array(value).min(1).max(50)
  )
}

export const queryBoolean = z.enum(["true", "false"]).transform((value) => value === "true")

/** JSON writes small and large numbers with an exponent, which a decimal string must not have. */
function plainDecimal(value: number): string {
  const written = String(value)
  return written.includes("e") ? value.toFixed(20).replace(/\.?0+$/, "") : written
}
