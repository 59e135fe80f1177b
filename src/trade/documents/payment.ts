import { z } from "@medusajs/framework/zod"

import {
  amountFromZero,
  currencyCode,
  documentNumber,
  identifier,
  isAtMost,
  MAX_LINES,
  moment,
  shortText,
} from "./parts"

/** A payment the distributor recorded, and the invoices it was put to. */
export const paymentBody = z
  .object({
    version: z.literal(1),
    amount: amountFromZero,
    currency_code: currencyCode,
    method: shortText.min(1),
    reference: shortText.nullable(),
    received_at: moment,
    allocations: z
      .array(
        z.object({
          invoice_id: identifier,
          invoice_number: documentNumber,
          amount: amountFromZero,
        })
      )
      .max(MAX_LINES),
  })
  .refine(
    ({ allocations, amount }) => isAtMost(allocations.map((each) => each.amount), amount),
    { message: "are more than the payment", path: ["allocations"] }
  )
export type PaymentBody = z.infer<typeof paymentBody>
