import { z } from "@medusajs/framework/zod"

import {
  amountFromZero,
  charge,
  currencyCode,
  documentNumber,
  fulfilmentMethod,
  identifier,
  isUnique,
  longText,
  MAX_CHARGES,
  MAX_LINES,
  moment,
  pickup,
  quantity,
  sequence,
  shortText,
  sku,
  taxLine,
  totals,
} from "./parts"

const shipment = z.object({
  sequence,
  carrier: shortText.nullable(),
  tracking_numbers: z.array(shortText).max(1_000),
  shipped_at: moment,
  delivered_at: moment.nullable(),
  lines: z
    .array(
      z.object({
        /** The purchase order's line. */
        line_id: identifier,
        sku,
        quantity,
      })
    )
    .max(MAX_LINES),
})

/**
 * How far the distributor is with the retailer's purchase order, or with the part of it that this order
 * is. What stands with a default is missing in documents from before orders could be split, or charged for.
 */
export const orderBody = z.object({
  version: z.literal(1),
  purchase_order_id: identifier,
  /** The order that it was split off. */
  parent_id: identifier.nullable().default(null),
  /** What was split off it; nothing is concluded of the purchase order before their documents are there. */
  children: z
    .array(identifier)
    .max(MAX_LINES)
    .refine((children) => isUnique(children, (id) => id), { message: "a child stands twice" })
    .default([]),
  number: documentNumber,
  status: z.enum([
    "pending",
    "approved",
    "backordered",
    "packing",
    "packed",
    "shipped",
    "out_for_delivery",
    "delivered",
    "ready_for_pickup",
    "picked_up",
    "rejected",
    "cancelled",
  ]),
  /** Why it waits for the distributor's decision on credit. */
  on_hold: z
    .object({ since: moment, kinds: z.array(z.enum(["soft", "hard", "past_due", "manual"])).max(4) })
    .nullable()
    .default(null),
  fulfilment_method: fulfilmentMethod,
  currency_code: currencyCode,
  totals,
  /** Of the order that others are split off, which keeps them; an amount of 0 is what is free for it. */
  charges: z.array(charge).max(MAX_CHARGES).default([]),
  tax_summary: z.array(taxLine).max(100),
  lines: z
    .array(
      z.object({
        /** The purchase order's line. */
        line_id: identifier,
        sku,
        quantity,
        unit_price: amountFromZero,
      })
    )
    .max(MAX_LINES),
  /** The appointment. */
  pickup: pickup.nullable(),
  shipments: z
    .array(shipment)
    .max(MAX_LINES)
    .refine((shipments) => isUnique(shipments, (each) => each.sequence), {
      message: "a sequence stands twice",
    }),
  rejection_reason: longText.nullable(),
  cancel_reason: longText.nullable(),
  /** Whether the goods came back; null unless it was cancelled after they had left. */
  goods_returned: z.boolean().nullable(),
})
export type OrderBody = z.infer<typeof orderBody>
export type OrderShipment = OrderBody["shipments"][number]
