import { z } from "@medusajs/framework/zod"

import {
  amountFromZero,
  charge,
  currencyCode,
  documentNumber,
  identifier,
  longText,
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

/** What the distributor takes off an invoice; amounts are positive and reduce what is owed. */
export const creditNoteBody = z
  .object({
    version: z.literal(1),
    number: documentNumber,
    invoice_id: identifier,
    invoice_number: documentNumber,
    currency_code: currencyCode,
    /** Empty, as the charges are, where an amount was credited. */
    lines: z
      .array(
        z.object({
          /** Of the invoice. */
          invoice_line_id: identifier,
          sku,
          title: shortText,
          quantity,
          /** Net. */
          subtotal: amountFromZero,
        })
      )
      .max(MAX_LINES),
    charges: z
      .array(charge.extend({ invoice_line_id: identifier }))
      .max(MAX_CHARGES)
      .default([]),
    tax_summary: z.array(taxLine).max(100),
    totals,
    reason: longText,
    issued_at: moment,
  })
  .refine(
    ({ lines, charges, totals: { subtotal } }) =>
      lines.length + charges.length === 0 || sumsTo(lines.map((line) => line.subtotal), subtotal),
    { message: "is not the sum of the lines", path: ["totals", "subtotal"] }
  )
  .refine(
    ({ lines, charges, totals: { charge_total } }) =>
      lines.length + charges.length === 0 || sumsTo(charges.map(({ amount }) => amount), charge_total),
    { message: "is not the sum of the charges", path: ["totals", "charge_total"] }
  )
export type CreditNoteBody = z.infer<typeof creditNoteBody>
