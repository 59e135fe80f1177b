import type { z } from "@medusajs/framework/zod"

import type * as invoices from "../../../schemas/invoices"
import type { HistoryEvent, PaymentTerms, TaxSummaryRow } from "./store"

// What the API says of invoices, the money for them, and the bills of a retailer. Amounts are numbers in major units.

export type InvoiceStatus = z.output<typeof invoices.invoiceStatus>

export interface InvoiceLine {
  id: string
  line_number: number
  order_id: string
  sku: string
  title: string
  quantity: number
  unit_price: number
  subtotal: number
  tax_rate: number
  credited_quantity: number
  credited_amount: number
}

export interface Payment {
  id: string
  /** What of it lies on the invoice that shows it. */
  applied?: number
  amount: number
  currency_code: string
  method: string
  reference: string | null
  received_at: string
}

export interface LateCharge {
  id: string
  kind: "fee" | "interest"
  amount: number
  settled_total: number
  outstanding: number
  currency_code: string
  reason: string | null
  charged_at: string
  voided_at: string | null
  void_reason: string | null
  void_actor_type: string | null
  void_actor_id: string | null
}

export interface CreditNote {
  id: string
  number: string
  total: number
  currency_code: string
  reason: string
  issued_at: string
}

export interface Mirror {
  id: string
  status: "pending" | "made" | "reversed"
  core_order_id: string
  invoice_id: string
  invoice_number: string
  order_id: string
  order_number: string
  account_name: string
  total: number
  refunded_total: number
  currency_code: string
}

export interface InvoiceOrder {
  order_id: string
  order_number: string
  purchase_order_number: string | null
  /** 0 for all of the order, else shipments of it. */
  parts: number[]
}

export interface UninvoicedOrder {
  order_id: string
  order_number: string
  purchase_order_number: string | null
  parts: number[]
  supplied_at: string
  total: number
}

/** What would be on one invoice. */
export interface Uninvoiced {
  account_id: string
  account: { company_name: string } | null
  currency_code: string
  connection_id: string | null
  terms: PaymentTerms
  order_count: number
  supplied_from: string
  supplied_through: string
  /** Of one account. */
  total?: number
  orders?: UninvoicedOrder[]
}

export interface Invoice {
  id: string
  account_id: string
  orders: InvoiceOrder[]
  number: string
  status: InvoiceStatus
  currency_code: string
  subtotal: number
  charge_total: number
  tax_total: number
  total: number
  paid_total: number
  credited_total: number
  applied_credit_total: number
  discount_total: number
  written_off_total: number
  outstanding: number
  is_overdue: boolean
  tax_summary: TaxSummaryRow[]
  issued_at: string
  due_at: string
  terms: PaymentTerms
  lines?: InvoiceLine[]
  payments?: Payment[]
  late_charges?: LateCharge[]
  /** How much is written off as a bad debt. */
  bad_debt?: number
  credit_notes?: CreditNote[]
  mirrors?: Mirror[]
  account?: { id: string; company_name: string } | null
  events?: HistoryEvent[]
  allowed_events?: string[]
}

export interface Bill {
  id: string
  connection_id: string
  invoice_number: string
  orders: { purchase_order_id: string | null; purchase_order_number: string | null }[]
  status: Exclude<InvoiceStatus, "written_off">
  currency_code: string
  total: number
  outstanding: number
  is_overdue: boolean
  due_at: string
}
