import type { z } from "@medusajs/framework/zod"

import type * as purchaseOrders from "../../../schemas/purchase-orders"
import type { HoldKind } from "./credit"
import type { Bill } from "./invoices"
import type { OrderStatus } from "./orders"
import type { Address, FulfilmentMethod, HistoryEvent } from "./store"

// What the API says of the retailer's purchase orders. Amounts are numbers in major units.

export type PurchaseOrderStatus = z.output<typeof purchaseOrders.purchaseOrderStatus>

/** A variant of the store's own products that a supplier's SKU is mapped to. */
export interface OwnVariant {
  id: string
  sku: string | null
  title: string | null
  product_id: string
  product_title: string | null
}

export interface PurchaseOrderLine {
  id: string
  line_number: number
  supplier_sku: string
  title: string
  quantity: number
  unit_price: number
  subtotal: number
  variant_id: string | null
  variant: OwnVariant | null
  open_quantity: number
  received_quantity: number
  short_quantity: number
  damaged_quantity: number
  cancelled_quantity: number
}

/** One of the orders that the supplier made of a purchase order. */
export interface SupplierOrder {
  order_id: string
  parent_id: string | null
  number: string | null
  status: OrderStatus
  on_hold: { since: string; kinds: HoldKind[] } | null
  total: number
  lines: { line_id: string; quantity: number }[]
  shipments: { carrier: string | null; tracking_numbers: string[] }[]
}

export interface Receipt {
  id: string
  sequence: number
  status: "pending" | "done"
  received_at: string
  note: string | null
}

export interface PurchaseOrder {
  id: string
  connection_id: string
  supplier_name: string | null
  number: string | null
  status: PurchaseOrderStatus
  fulfilment_method: FulfilmentMethod
  currency_code: string
  subtotal: number
  charge_total: number
  tax_total: number
  total: number
  ship_to: Address | null
  note: string | null
  pickup_place: string | null
  pickup_at: string | null
  location_id: string | null
  response: OrderResponse | null
  order_id: string | null
  order_number: string | null
  order_status: OrderStatus | null
  cancel_request_reason: string | null
  cancel_answer: { accepted?: boolean; reason?: string | null } | null
  placed_at: string | null
  created_at: string
  lines?: PurchaseOrderLine[]
  orders?: SupplierOrder[]
  receipts?: Receipt[]
  events?: HistoryEvent[]
  allowed_events?: string[]
  bills?: Bill[]
}

/** The distributor's newest answer; a refusal carries the code, sentence and figures. */
export interface OrderResponse {
  answer: "accepted" | "refused" | "cancel_accepted" | "cancel_refused"
  refusal: { code: string; message: string; details: Record<string, unknown> } | null
  price_changes: { line_id: string; sku: string; ordered_unit_price: string; unit_price: string }[]
}
