import { MathBN } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { CHARGE_KINDS } from "../../lib/charges/charge"
import { isCurrencyCode } from "../../lib/money/currency-code"

/** An exact amount in major units as a plain decimal string; the document names the currency. */
export const amount = z.string().regex(/^-?\d{1,20}(\.\d{1,20})?$/, "must be a decimal string")
export const amountFromZero = amount.refine((value) => !value.startsWith("-"), {
  message: "must not be negative",
})

export const currencyCode = z.string().refine(isCurrencyCode, "must be a lower case ISO 4217 code")
export const identifier = z.string().min(1).max(128)
export const documentNumber = z.string().min(1).max(64)
export const shortText = z.string().max(300)
export const longText = z.string().max(5_000)
export const sku = z.string().min(1).max(200)
/** ISO 8601 with its UTC offset. */
export const moment = z.iso.datetime({ offset: true })
export const quantity = z.int().min(1).max(1_000_000_000)
export const quantityOrNone = z.int().min(0).max(1_000_000_000)
export const sequence = z.int().min(1)

/** The most lines a document may have; more is no document of this trade but an attack. */
export const MAX_LINES = 10_000

export const fulfilmentMethod = z.enum(["shipping", "local_delivery", "pickup", "in_store"])

const countryCode = z.string().regex(/^[a-z]{2}$/, "must be a lower case ISO 3166-1 code")

export const address = z.object({
  name: shortText.nullish(),
  company: shortText.nullish(),
  first_name: shortText.nullish(),
  last_name: shortText.nullish(),
  address_1: shortText.nullish(),
  address_2: shortText.nullish(),
  city: shortText.nullish(),
  postal_code: shortText.nullish(),
  province: shortText.nullish(),
  country_code: countryCode.nullish(),
  phone: shortText.nullish(),
})
export type DocumentAddress = z.infer<typeof address>

/** Where goods go; tax follows from the country. */
export const shipTo = address.extend({ country_code: countryCode })

/** Place and time at which goods are handed over. */
export const pickup = z.object({ place: shortText.nullable(), at: moment.nullable() })

/** Tax of a document per rate: `rate` in percent, `base` the net amount it was taken from. */
export const taxLine = z.object({
  code: shortText.nullable(),
  name: shortText.nullable(),
  rate: amountFromZero,
  base: amount,
  tax: amount,
})

/** `subtotal` is of the goods alone; documents from before there were charges do not name any. */
export const totals = z
  .object({ subtotal: amount, charge_total: amount.default("0"), tax_total: amount, total: amount })
  .refine(({ subtotal, charge_total, tax_total, total }) => sumsTo([subtotal, charge_total, tax_total], total), {
    message: "subtotal, charge_total and tax_total do not add up to total",
    path: ["total"],
  })

/** What is charged beside the goods, net. */
export const charge = z.object({ kind: z.enum(CHARGE_KINDS), name: shortText.min(1), amount: amountFromZero })

/** The most charges a document may have. */
export const MAX_CHARGES = 100

/** Whether the parts add up to the whole exactly. */
export function sumsTo(parts: readonly string[], whole: string): boolean {
  return areAmounts([...parts, whole]) && MathBN.eq(MathBN.sum(0, ...parts), whole)
}

export function isAtMost(parts: readonly string[], whole: string): boolean {
  return areAmounts([...parts, whole]) && MathBN.lte(MathBN.sum(0, ...parts), whole)
}

/** Zod asks a document's own rules also where a member is refused already. */
function areAmounts(values: readonly string[]): boolean {
  return values.every((value) => amount.safeParse(value).success)
}

/** Whether no two rows have the same key, which would make one of them count for the other. */
export function isUnique<Row>(rows: readonly Row[], key: (row: Row) => string | number): boolean {
  return new Set(rows.map(key)).size === rows.length
}
