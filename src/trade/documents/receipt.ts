import { z } from "@medusajs/framework/zod"

import {
  identifier,
  isUnique,
  longText,
  MAX_LINES,
  moment,
  quantityOrNone,
  sequence,
  sku,
} from "./parts"

/** What the retailer actually received: tells the distributor what was short or damaged. */
export const receiptBody = z.object({
  version: z.literal(1),
  purchase_order_id: identifier,
  /** The distributor's order. */
  order_id: identifier.nullable(),
  /** The n-th receipt of the purchase order. */
  sequence,
  received_at: moment,
  note: longText.nullable(),
  lines: z
    .array(
      z.object({
        /** The purchase order's line. */
        line_id: identifier,
        sku,
        /** In good order. */
        received: quantityOrNone,
        short: quantityOrNone,
        damaged: quantityOrNone,
      })
    )
    .min(1)
    .max(MAX_LINES)
    .refine((lines) => isUnique(lines, (line) => line.line_id), { message: "a line_id stands twice" }),
})
