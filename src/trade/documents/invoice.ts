import { z } from "@medusajs/framework/zod"

import { TERMS_TYPES } from "../../lib/terms/payment-terms"
import {
  address,
  amountFromZero,
  charge,
  currencyCode,
  documentNumber,
  identifier,
  isUnique,
  MAX_CHARGES,
  MAX_LINES,
  moment,
  quantity,
  shortText,
  sku,
  sumsTo,
  taxLine,
  totals,
} from "./parts"

/** Seller or buyer as they stand on the invoice. */
const party = z.object({
  name: shortText.min(1),
  email: shortText.nullish(),
  phone: shortText.nullish(),
  tax_number: shortText.nullish(),
  address: address.nullish(),
})

const terms = z.object({
  type: z.enum(TERMS_TYPES),
  days: z.int().min(0).max(3_650),
  discount: z
    .object({
      /** Of the total. */
      percent: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/, "must be a percentage below 100"),
      days: z.int().min(0).max(3_650),
    })
    .nullable(),
})

/** What the retailer owes, and how much of it is paid and credited by now. */
export const invoiceBody = z
  .object({
    version: z.literal(1),
    number: documentNumber,
    status: z.enum(["issued", "partially_paid", "paid", "credited", "void"]),
    orders: z
      .array(
        z.object({
          order_id: identifier,
          order_number: documentNumber,
          purchase_order_id: identifier.nullable(),
          purchase_order_number: documentNumber.nullable(),
        })
      )
      .min(1)
      .max(MAX_LINES),
    currency_code: currencyCode,
    lines: z
      .array(
        z.object({
          /** The invoice's own. */
          line_id: identifier,
          /** One of the orders above; the only one where it is not said. */
          order_id: identifier.optional(),
          /** Of the purchase order, where one was there. */
          purchase_order_line_id: identifier.nullable(),
          sku,
          title: shortText,
          quantity,
          unit_price: amountFromZero,
          /** Net. */
          subtotal: amountFromZero,
          /** Percent. */
          tax_rate: amountFromZero,
        })
      )
      .min(1)
      .max(MAX_LINES)
      .refine((lines) => isUnique(lines, (line) => line.line_id), {
        message: "a line_id stands twice",
      }),
    /** `line_id` is the invoice's own, as that of its lines. */
    charges: z
      .array(charge.extend({ line_id: identifier, tax_rate: amountFromZero }))
      .max(MAX_CHARGES)
      .default([]),
    tax_summary: z.array(taxLine).max(100),
    totals,
    paid_total: amountFromZero,
    credited_total: amountFromZero,
    /** What is still to be paid; less than the totals say where something was discounted or written off. */
    outstanding: amountFromZero.optional(),
    seller: party.nullable(),
    buyer: party.nullable(),
    terms,
    issued_at: moment,
    due_at: moment,
    paid_at: moment.nullable(),
  })
  .refine(({ lines, totals: { subtotal } }) => sumsTo(lines.map((line) => line.subtotal), subtotal), {
    message: "is not the sum of the lines",
    path: ["totals", "subtotal"],
  })
  .refine(
    ({ charges, totals: { charge_total } }) => sumsTo(charges.map(({ amount }) => amount), charge_total),
    { message: "is not the sum of the charges", path: ["totals", "charge_total"] }
  )
  .refine(({ tax_summary, totals: { tax_total } }) => sumsTo(tax_summary.map(({ tax }) => tax), tax_total), {
    message: "is not the sum of the tax summary",
    path: ["totals", "tax_total"],
  })
export type InvoiceBody = z.infer<typeof invoiceBody>
