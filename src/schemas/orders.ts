import { z } from "@medusajs/framework/zod"

import { CHARGE_KINDS } from "../lib/charges/charge"
import {
  address,
  anyOf,
  fulfilmentMethod,
  isoDateTime,
  listQuery,
  nonNegativeAmount,
  note,
  pickup,
  positiveAmount,
  quantity,
  queryBoolean,
  reason,
  rowId,
  text,
} from "./common"

export const orderStatus = z.enum([
  "draft",
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
])

export const listOrders = listQuery({
  status: anyOf(orderStatus).optional(),
  account_id: rowId.optional(),
  from: isoDateTime.optional(),
  to: isoDateTime.optional(),
  cancel_requested: queryBoolean.optional(),
  held: queryBoolean.optional(),
  uninvoiced: queryBoolean.optional(),
})

const lines = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.array(z.strictObject({ sku: text(200), quantity, ...shape })).min(1).max(10_000)

const delivery = {
  fulfilment_method: fulfilmentMethod,
  ship_to: address.optional(),
  location_id: rowId.optional(),
  note: note.optional(),
  pickup: pickup.optional(),
}

/** An order that the distributor enters for an account; `unit_price` is a price agreed by hand. */
export const createOrder = z.strictObject({
  account_id: rowId,
  lines: lines({ unit_price: nonNegativeAmount.optional() }),
  /** In the place of what the store's rules charge; an empty list charges nothing. */
  charges: z
    .array(z.strictObject({ kind: z.enum(CHARGE_KINDS), name: text(200), amount: positiveAmount }))
    .max(50)
    .optional(),
  ...delivery,
})

/**
 * All lines that a pending order is to have: those it has, by their ids, and new ones by their SKUs. What is
 * left out is taken out.
 */
export const editOrder = z.strictObject({
  lines: z
    .array(
      z.union([
        z.strictObject({ line_id: rowId, quantity }),
        z.strictObject({ sku: text(200), quantity, unit_price: nonNegativeAmount.optional() }),
      ])
    )
    .min(1)
    .max(10_000),
  reason: reason.optional(),
})

/** An order that an employee of an account places through the portal. */
export const placePortalOrder = z.strictObject({ lines: lines({}), ...delivery })
export const listPortalOrders = listQuery({ status: anyOf(orderStatus).optional() })

export const shipOrder = z.strictObject({
  lines: z.array(z.strictObject({ line_id: rowId, quantity })).min(1).max(10_000).optional(),
  carrier: text(100).optional(),
  tracking_numbers: z.array(text(100)).max(100).optional(),
})
export const makeReadyForPickup = pickup
export const cancelOrder = z.strictObject({ reason, goods_returned: z.boolean().optional() })
