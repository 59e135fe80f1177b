import { z } from "@medusajs/framework/zod"

import {
  amountFromZero,
  currencyCode,
  documentNumber,
  identifier,
  longText,
  MAX_LINES,
  moment,
  shortText,
  sku,
  taxLine,
  totals,
} from "./parts"

/** The distributor's answer to a purchase order, or to the request to cancel it; the newest one holds. */
export const orderResponseBody = z
  .object({
    version: z.literal(1),
    purchase_order_id: identifier,
    purchase_order_number: documentNumber,
    answer: z.enum(["accepted", "refused", "cancel_accepted", "cancel_refused"]),
    answered_at: moment,
    order_id: identifier.nullable(),
    order_number: documentNumber.nullable(),
    currency_code: currencyCode,
    /** Of the order, where there is one. */
    totals: totals.nullable(),
    tax_summary: z.array(taxLine).max(100),
    /** Lines whose price is not the one on the purchase order. */
    price_changes: z
      .array(
        z.object({
          line_id: identifier,
          sku,
          ordered_unit_price: amountFromZero,
          unit_price: amountFromZero,
        })
      )
      .max(MAX_LINES),
    /** Why not, with the stable code and figures of the error. */
    refusal: z
      .object({
        code: shortText.min(1),
        message: longText,
        details: z.record(z.string(), z.unknown()),
      })
      .nullable(),
  })
  .refine(({ answer, refusal }) => answer.endsWith("refused") === (refusal !== null), {
    message: "stands with a refused answer, and with no other",
    path: ["refusal"],
  })
  .refine(({ answer, order_id }) => answer === "refused" || order_id !== null, {
    message: "is missing in an answer about an order",
    path: ["order_id"],
  })
  .refine((body) => body.answer !== "accepted" || body.totals !== null, {
    message: "is missing in an accepted answer",
    path: ["totals"],
  })
export type OrderResponseBody = z.infer<typeof orderResponseBody>
