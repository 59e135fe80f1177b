import { z } from "@medusajs/framework/zod"

import {
  amountFromZero,
  currencyCode,
  documentNumber,
  identifier,
  longText,
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
    /** Empty where an amount was credited and not goods. */
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
    tax_summary: z.array(taxLine).max(100),
    totals,
    reason: longText,
    issued_at: moment,
  })
  .refine(
    ({ lines, totals: { subtotal } }) =>
      lines.length === 0 || sumsTo(lines.map((line) => line.subtotal), subtotal),
    { message: "is not the sum of the lines", path: ["totals", "subtotal"] }
  )
export type CreditNoteBody = z.infer<typeof creditNoteBody>
