import { z } from "@medusajs/framework/zod"

import {
  address,
  anyOf,
  fulfilmentMethod,
  listQuery,
  note,
  pickup,
  quantity,
  quantityOrNone,
  queryBoolean,
  rowId,
  text,
} from "./common"

export const purchaseOrderStatus = z.enum([
  "draft",
  "placed",
  "accepted",
  "refused",
  "cancel_requested",
  "receiving",
  "received",
  "closed",
  "cancelled",
])

export const listPurchaseOrders = listQuery({
  status: anyOf(purchaseOrderStatus).optional(),
  connection_id: rowId.optional(),
})

const draft = {
  fulfilment_method: fulfilmentMethod,
  lines: z.array(z.strictObject({ sku: text(200), quantity })).min(1).max(10_000),
  ship_to: address.optional(),
  location_id: rowId.optional(),
  note: note.optional(),
  pickup: pickup.optional(),
}
export const createPurchaseOrder = z.strictObject({ connection_id: rowId, ...draft })
export const updatePurchaseOrder = z.strictObject(draft).partial()

export const receivePurchaseOrder = z.strictObject({
  location_id: rowId.optional(),
  note: note.optional(),
  lines: z
    .array(
      z.strictObject({
        line_id: rowId,
        received: quantityOrNone.default(0),
        short: quantityOrNone.default(0),
        damaged: quantityOrNone.default(0),
      })
    )
    .min(1)
    .max(10_000),
})
export const listReceipts = listQuery({})

export const billStatus = z.enum(["issued", "partially_paid", "paid", "credited", "void"])
export const listBills = listQuery({
  status: anyOf(billStatus).optional(),
  connection_id: rowId.optional(),
  purchase_order_id: rowId.optional(),
  overdue: queryBoolean.optional(),
})
