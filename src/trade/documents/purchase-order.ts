import { z } from "@medusajs/framework/zod"

import {
  amountFromZero,
  currencyCode,
  documentNumber,
  fulfilmentMethod,
  identifier,
  isUnique,
  longText,
  MAX_LINES,
  moment,
  pickup,
  quantity,
  shipTo,
  shortText,
  sku,
} from "./parts"

/** What the retailer orders; the distributor's `order_response` answers it, and a request to cancel it. */
export const purchaseOrderBody = z.object({
  version: z.literal(1),
  number: documentNumber,
  currency_code: currencyCode,
  fulfilment_method: fulfilmentMethod,
  lines: z
    .array(
      z.object({
        line_id: identifier,
        /** The distributor's. */
        sku,
        title: shortText,
        quantity,
        /** The price the retailer saw. */
        unit_price: amountFromZero,
      })
    )
    .min(1)
    .max(MAX_LINES)
    .refine((lines) => isUnique(lines, (line) => line.line_id), { message: "a line_id stands twice" }),
  ship_to: shipTo.nullable(),
  note: longText.nullable(),
  /** Where and when the retailer would like to take the goods over. */
  pickup: pickup.nullable(),
  placed_at: moment,
  cancel_requested: z.object({ reason: longText.nullable(), at: moment }).nullable(),
})
export type PurchaseOrderBody = z.infer<typeof purchaseOrderBody>
