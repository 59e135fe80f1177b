import type { z } from "@medusajs/framework/zod"

import type * as common from "../../../schemas/common"
import type * as stores from "../../../schemas/stores"
import type { DefaultCredit } from "./pricing"

// What the API says of stores, users and flags, and what all documents share.

export type Address = z.input<typeof common.address>

export type FulfilmentMethod = z.output<typeof common.fulfilmentMethod>

export type StoreMode = z.output<typeof stores.storeMode>

export type TermsType = "net" | "end_of_month" | "due_on_receipt" | "prepaid"

export interface PaymentTerms {
  type: TermsType
  days: number
  /** Percent of the total, for who pays within the days. */
  discount: { percent: string; days: number } | null
}

export type FlagName =
  | "distributor_ordering"
  | "wholesale_receiving"
  | "wholesale_portal"
  | "retailer_connections"
  | "link_member_wholesale_accounts"

export type FlagLevel = "platform" | "store"

export type InvoiceOn = z.output<typeof stores.invoiceOn>
export type InvoiceConsolidation = z.output<typeof stores.invoiceConsolidation>

/** An audited change of a setting; values as text, null for "not set". */
export interface SettingChange {
  id: string
  field: string
  from: string | null
  to: string | null
  /** Where one was asked for. */
  reason?: string | null
  actor_type: string
  actor_id: string
  changed_at: string
}

export interface Store {
  id: string
  name: string
  mode: StoreMode
  currency_code: string
  email: string | null
  phone: string | null
  tax_number: string | null
  address: Address | null
  sales_channel_id: string | null
  mirror_sales_channel_id: string | null
  stock_location_ids: string[]
  order_number_pattern: string
  purchase_order_number_pattern: string
  invoice_number_pattern: string
  credit_note_number_pattern: string
  invoice_on: InvoiceOn
  invoice_consolidation: InvoiceConsolidation
  invoice_series: { series: string; pattern: string }[]
  credit_manager_email: string | null
  default_terms: PaymentTerms
  default_credit: DefaultCredit | null
  registration_number: string | null
  bank_account: { holder: string | null; account_number: string; bic: string | null } | null
  brand_color: string | null
  /** In Medusa's file module. */
  logo_file_id: string | null
  locale: string
  footer_note: string | null
}

export interface WholesaleContext {
  actor_id: string
  actor_type: string
  is_platform_admin: boolean
  has_platform_admin: boolean
  store: Store | null
  stores: Store[]
  flags: Partial<Record<FlagName, { enabled: boolean; level: FlagLevel; description: string }>>
}

export interface Summary {
  orders_pending: number
  orders_held: number
  orders_to_pack: number
  orders_to_ship: number
  cancel_requests: number
  connections_requested: number
  invoices_open: number
  invoices_overdue: number
  outstanding: number
  currency_code: string
  purchase_orders_placed: number
  purchase_orders_to_receive: number
  unmapped_lines: number
  bills_open: number
  /** Where the books differed when they were compared last. */
  book_differences: number
}

export interface FeatureFlag {
  flag: FlagName
  level: FlagLevel
  description: string
  enabled: boolean
  changeable: boolean
}

export interface FlagChange {
  id: string
  flag: FlagName
  store_id: string | null
  from: boolean | null
  to: boolean
  actor_type: string
  actor_id: string
  at: string
}

export interface Member {
  id: string
  actor_type: "user" | "api-key"
  actor_id: string
}

export interface HistoryEvent {
  id: string
  event: string
  from: string | null
  to: string
  actor_type: string
  actor_id: string
  reason: string | null
  details: Readonly<Record<string, unknown>> | null
  at: string
}

export interface TaxSummaryRow {
  code: string | null
  name: string | null
  rate: number
  base: number
  tax: number
}

/** Where two books disagree: whose row it is, and both figures of each pair. */
export interface BookDifference {
  readonly kind: "credit" | "balance" | "invoice" | "mirror" | "unmirrored" | "hold"
  readonly [member: string]: string | number | null
}

/** What comparing the books found last: how many differences, and the first hundred of them. */
export interface BooksCheck {
  readonly day: string
  readonly checked_at: string
  readonly difference_count: number
  readonly differences: readonly BookDifference[]
}

export interface Reconciliation {
  /** A line to read for each thing that was brought to its end. */
  readonly repaired: readonly string[]
  readonly differences: readonly BookDifference[]
}
