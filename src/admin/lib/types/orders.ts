import type { z } from "@medusajs/framework/zod"

import type * as orders from "../../../schemas/orders"
import type { Account } from "./accounts"
import type { CreditDecision, CreditHold, HoldKind } from "./credit"
import type { Invoice, Mirror } from "./invoices"
import type { Charge } from "./pricing"
import type { Address, FulfilmentMethod, HistoryEvent, TaxSummaryRow } from "./store"

// What the API says of the distributor's orders. Amounts are numbers in major units.

export type OrderStatus = z.output<typeof orders.orderStatus>

export interface OrderLine {
  id: string
  line_number: number
  sku: string
  title: string
  quantity: number
  unit_price: number
  subtotal: number
  tax_rate: number
  shipped_quantity: number
  short_quantity: number
  damaged_quantity: number
}

export interface Shipment {
  id: string
  sequence: number
  carrier: string | null
  tracking_numbers: string[]
  shipped_at: string
  delivered_at: string | null
  lines: { line_id: string; quantity: number }[]
}

/** Another part of what was one order. */
export interface OrderPart {
  id: string
  number: string
  status: OrderStatus
  total: number
  hold_kinds: HoldKind[] | null
}

export interface Order {
  id: string
  number: string | null
  account_id: string
  connection_id: string | null
  source: "purchase_order" | "portal" | "manual"
  purchase_order_number: string | null
  fulfilment_method: FulfilmentMethod
  status: OrderStatus
  currency_code: string
  subtotal: number
  charge_total: number
  charges?: Charge[]
  tax_total: number
  total: number
  tax_summary: TaxSummaryRow[]
  ship_to: Address | null
  note: string | null
  pickup_place: string | null
  pickup_at: string | null
  cancel_reason: string | null
  rejection_reason: string | null
  goods_returned: boolean | null
  cancel_requested_at: string | null
  cancel_request_reason: string | null
  held_at: string | null
  hold_kinds: HoldKind[] | null
  line_count: number
  placed_at: string | null
  created_at: string
  account?: Pick<Account, "id" | "company_name" | "credit_account"> | null
  credit_holds?: CreditHold[]
  credit_decisions?: CreditDecision[]
  parent?: OrderPart | null
  children?: OrderPart[]
  lines?: OrderLine[]
  shipments?: Shipment[]
  events?: HistoryEvent[]
  allowed_events?: string[]
  invoices?: Pick<Invoice, "id" | "number" | "status" | "total" | "currency_code">[]
  mirrors?: Mirror[]
}

/** What an amount makes of an order: the units that it pays for, which go on, and the rest, which waits. */
export interface OrderSplit {
  amount: number
  goes_on: OrderSplitPart
  waits: OrderSplitPart
  /** Exposure with what goes on; null where no rule of amounts holds the order. */
  exposure_after: number | null
  /** Whether going on needs an override. */
  is_beyond_hard_line: boolean
}

interface OrderSplitPart {
  total: number
  quantity: number
  lines: { line_id: string; sku: string; title: string; quantity: number }[]
}
