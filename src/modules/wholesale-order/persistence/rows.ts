import type { ChargeKind } from "../../../lib/charges/charge"
import type { FulfilmentMethod } from "../../../lib/fulfilment/methods"
import type { Amount } from "../../../lib/money/amount"
import type { PaymentTerms } from "../../../lib/terms/payment-terms"
import type { AppliedExemption } from "../domain/applied-exemption"
import type { HoldKind } from "../domain/hold"
import type { InvoiceConsolidation, InvoiceOn } from "../domain/invoice-due"
import type { OrderEvent, OrderStatus } from "../domain/order-machine"
import type { OperationStatus } from "../domain/order-operation"
import type { TaxSummaryEntry } from "../domain/order-totals"
import type { ShipmentLine } from "../domain/shipment-lines"

export type OrderSource = "purchase_order" | "portal" | "manual"

/** An address as the order was placed with it. */
export type OrderAddress = Readonly<Record<string, string | null | undefined>>

/** An order's row. Amounts are decimal strings in major units. */
export interface Order {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly connection_id: string | null
  readonly number: string | null
  readonly source: OrderSource
  readonly purchase_order_id: string | null
  readonly purchase_order_number: string | null
  readonly fulfilment_method: FulfilmentMethod
  readonly status: OrderStatus
  readonly currency_code: string
  /** Of the goods, net. */
  readonly subtotal: Amount
  /** Of its charges, net. */
  readonly charge_total: Amount
  readonly tax_total: Amount
  readonly total: Amount
  readonly tax_summary: readonly TaxSummaryEntry[]
  readonly ship_to: OrderAddress
  readonly bill_to: OrderAddress
  readonly note: string | null
  readonly pickup_place: string | null
  readonly pickup_at: Date | null
  readonly cancel_reason: string | null
  readonly goods_returned: boolean | null
  readonly rejection_reason: string | null
  readonly cancel_requested_at: Date | null
  readonly cancel_request_reason: string | null
  readonly terms: PaymentTerms
  /** The certificate under which it is not taxed, as it was when the order was placed. */
  readonly tax_exemption: AppliedExemption | null
  /** As the store had it when the order was approved, and so for all of it; null before. */
  readonly invoice_on: InvoiceOn | null
  /** As the account or store had it when the order was approved; null before. */
  readonly invoice_consolidation: InvoiceConsolidation | null
  readonly line_count: number
  /** Parts whose invoice is still to be issued: 0 for the whole order, else a shipment's sequence. */
  readonly invoice_parts_due: readonly number[]
  /** Parts that wait to be put on an invoice with others, or on another than one that is void. */
  readonly invoice_parts_waiting: readonly number[]
  readonly placed_at: Date | null
  readonly approved_at: Date | null
  readonly completed_at: Date | null
  readonly cancelled_at: Date | null
  /** The order that it was split off. */
  readonly parent_id: string | null
  /** Since when it waits for a decision on credit; null when it does not, and from `pending` on. */
  readonly held_at: Date | null
  /** Why it waits: a copy for lists and partners, the truth is in the credit ledger. */
  readonly hold_kinds: readonly HoldKind[] | null
  readonly revision: number
  readonly announced_revision: number
  readonly created_at: Date
  readonly updated_at: Date
}

export interface OrderLine {
  readonly id: string
  readonly order_id: string
  readonly line_number: number
  readonly item_id: string | null
  readonly variant_id: string | null
  readonly product_id: string | null
  readonly purchase_order_line_id: string | null
  readonly sku: string
  readonly title: string
  /** Whole units. */
  readonly quantity: number
  readonly unit_price: string
  readonly subtotal: Amount
  /** Percent. */
  readonly tax_rate: string
  readonly tax_code: string | null
  readonly tax_name: string | null
  readonly shipped_quantity: number
  readonly short_quantity: number
  readonly damaged_quantity: number
}

/** Shipping or handling, beside the goods. */
export interface OrderCharge {
  readonly id: string
  readonly charge_number: number
  readonly kind: ChargeKind
  readonly name: string
  /** Net. */
  readonly amount: Amount
  /** What shipping would have cost that is free for the order, its amount then 0. */
  readonly waived_amount: Amount | null
  /** Agreed for this order, and not by a rule of the store. */
  readonly by_hand: boolean
  /** Percent. */
  readonly tax_rate: string
  readonly tax_code: string | null
  readonly tax_name: string | null
}

export interface OrderShipment {
  readonly id: string
  readonly order_id: string
  /** From 1 within the order. */
  readonly sequence: number
  readonly carrier: string | null
  readonly tracking_numbers: readonly string[]
  readonly shipped_at: Date
  readonly delivered_at: Date | null
  readonly lines: readonly ShipmentLine[]
}

export interface OrderHistoryEntry {
  readonly id: string
  /** An event of the machine, or what else happened: `create`, `request_cancel`, `receive` … */
  readonly event: string
  readonly from: OrderStatus | null
  readonly to: OrderStatus
  readonly actor_type: string
  readonly actor_id: string
  readonly reason: string | null
  readonly details: Readonly<Record<string, unknown>> | null
  readonly at: Date
}

/** Another part of what was one order. */
export interface OrderPartRef {
  readonly id: string
  readonly number: string
  readonly status: OrderStatus
  readonly total: Amount
  readonly hold_kinds: readonly HoldKind[] | null
}

/** An order with all that belongs to it, and what may be done with it now. */
export interface OrderDocument extends Order {
  readonly parent: OrderPartRef | null
  /** Split off it, oldest first. */
  readonly children: readonly OrderPartRef[]
  readonly lines: readonly OrderLine[]
  readonly charges: readonly OrderCharge[]
  readonly shipments: readonly OrderShipment[]
  readonly events: readonly OrderHistoryEntry[]
  readonly allowed_events: readonly OrderEvent[]
}

export interface OrderOperation {
  readonly id: string
  readonly store_id: string
  readonly order_id: string
  readonly verb: string
  readonly status: OperationStatus
  readonly payload: Readonly<Record<string, unknown>>
  readonly refusal: Readonly<Record<string, unknown>> | null
  readonly lease_until: Date
}

const amount = (column: string) => `raw_${column}->>'value' as ${column}`

export const ORDER_COLUMNS = [
  "id, store_id, account_id, connection_id, number, source, purchase_order_id, purchase_order_number",
  "fulfilment_method, status, currency_code",
  ...["subtotal", "charge_total", "tax_total", "total"].map(amount),
  "tax_summary, ship_to, bill_to, note, pickup_place, pickup_at, cancel_reason, goods_returned",
  "rejection_reason, cancel_requested_at, cancel_request_reason, terms, tax_exemption, invoice_on",
  "invoice_consolidation, line_count, invoice_parts_due, invoice_parts_waiting",
  "placed_at, approved_at, completed_at, cancelled_at, parent_id",
  "held_at, hold_kinds",
  "revision, announced_revision, created_at, updated_at",
].join(", ")

export const PART_COLUMNS = `id, number, status, ${amount("total")}, hold_kinds`

export const LINE_COLUMNS = [
  "id, order_id, line_number, item_id, variant_id, product_id, purchase_order_line_id, sku, title, quantity",
  ...["unit_price", "subtotal", "tax_rate"].map(amount),
  "tax_code, tax_name, shipped_quantity, short_quantity, damaged_quantity",
].join(", ")

export const CHARGE_COLUMNS = [
  "id, charge_number, kind, name, by_hand",
  ...["amount", "waived_amount", "tax_rate"].map(amount),
  "tax_code, tax_name",
].join(", ")

export const SHIPMENT_COLUMNS =
  "id, order_id, sequence, carrier, tracking_numbers, shipped_at, delivered_at, lines"

export const EVENT_COLUMNS = `id, event, "from", "to", actor_type, actor_id, reason, details, at`

export const OPERATION_COLUMNS = "id, store_id, order_id, verb, status, payload, refusal, lease_until"
