import type { z } from "@medusajs/framework/zod"

import type * as accounts from "../../schemas/accounts"
import type * as catalog from "../../schemas/catalog"
import type * as common from "../../schemas/common"
import type * as connections from "../../schemas/connections"
import type * as invoices from "../../schemas/invoices"
import type * as orders from "../../schemas/orders"
import type * as purchaseOrders from "../../schemas/purchase-orders"
import type * as stores from "../../schemas/stores"

// Answers of the wholesale API, as the dashboard reads them. Amounts are numbers in major units.

export type Address = z.input<typeof common.address>
export type FulfilmentMethod = common.FulfilmentMethod
export type StoreMode = z.output<typeof stores.storeMode>
export type OrderStatus = z.output<typeof orders.orderStatus>
export type PurchaseOrderStatus = z.output<typeof purchaseOrders.purchaseOrderStatus>
export type InvoiceStatus = z.output<typeof invoices.invoiceStatus>

export type CreateOrderBody = z.input<typeof orders.createOrder>
export type ShipOrderBody = z.input<typeof orders.shipOrder>
export type CreatePurchaseOrderBody = z.input<typeof purchaseOrders.createPurchaseOrder>
export type UpdatePurchaseOrderBody = z.input<typeof purchaseOrders.updatePurchaseOrder>
export type ReceiveBody = z.input<typeof purchaseOrders.receivePurchaseOrder>
export type UpsertItemsBody = z.input<typeof catalog.upsertItems>
export type MapSkusBody = z.input<typeof catalog.mapSkus>
export type CreditNoteBody = z.input<typeof invoices.issueCreditNote>
export type ApproveConnectionBody = z.input<typeof connections.approveConnection>
export type CreateAccountBody = z.input<typeof accounts.createAccount>
export type UpdateStoreBody = z.input<typeof stores.updateStore>

export type FlagName =
  | "distributor_ordering"
  | "wholesale_receiving"
  | "wholesale_portal"
  | "retailer_connections"
  | "link_member_wholesale_accounts"
export type FlagLevel = "platform" | "store"

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
  invoice_on: "completion" | "approval" | "shipment"
  default_terms_days: number
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
  at: string
}

export interface PairingCode {
  id: string
  code: string | null
  status: "active" | "used" | "expired" | "cancelled"
  expires_at: string
}

export type ConnectionStatus = "requested" | "active" | "rejected" | "suspended" | "revoked"

export interface Connection {
  id: string
  role: "distributor" | "retailer"
  status: ConnectionStatus
  own_status: ConnectionStatus
  partner_status: ConnectionStatus | null
  partner_name: string
  partner_profile: {
    email?: string | null
    phone?: string | null
    tax_number?: string | null
    currency_code?: string | null
    address?: Address | null
  } | null
  account_id: string | null
  reason: string | null
  requested_at: string
  approved_at: string | null
  allowed_events: string[]
  events: HistoryEvent[]
}

export interface CreditAccount {
  account_id: string
  credit_limit: number | null
  balance: number
  reserved: number
  exposure: number
  available: number | null
  currency_code: string
}

export interface CreditEntry {
  id: string
  kind: string
  balance_delta: number
  reserved_delta: number
  balance_after: number
  reserved_after: number
  reference_type: string
  reference_id: string
  reason: string | null
  created_at: string
}

export interface Location extends Omit<Address, "company" | "first_name" | "last_name"> {
  id: string
  name: string
  is_default_shipping: boolean
  is_default_billing: boolean
}

export interface Employee {
  id: string
  customer_id: string
  role: "buyer" | "admin"
  status: "active" | "disabled"
}

export interface Account {
  id: string
  company_name: string
  number: string | null
  email: string | null
  phone: string | null
  tax_number: string | null
  currency_code: string
  terms_days: number
  kind: "trade" | "cash"
  status: "active" | "closed"
  customer_id: string | null
  created_at: string
  locations?: Location[]
  employees?: Employee[]
  credit_account?: CreditAccount | null
}

export interface CatalogItem {
  id: string
  product_id: string
  variant_id: string
  sku: string
  title: string
  thumbnail: string | null
  currency_code: string
  wholesale_price: number
  minimum_quantity: number
  order_multiple: number
  published: boolean
}

export interface Supplier {
  connection_id: string
  name: string
  status: ConnectionStatus
  item_count: number
  currency_code: string | null
}

export interface SupplierItem {
  sku: string
  title: string
  thumbnail?: string | null
  price: number
  currency_code: string
  minimum_quantity: number
  order_multiple: number
  available: boolean
  variant_id: string | null
}

export interface TaxSummaryRow {
  code: string | null
  name: string | null
  rate: number
  base: number
  tax: number
}

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
  line_count: number
  placed_at: string | null
  created_at: string
  account?: Pick<Account, "id" | "company_name"> | null
  lines?: OrderLine[]
  shipments?: Shipment[]
  events?: HistoryEvent[]
  allowed_events?: string[]
  invoices?: Pick<Invoice, "id" | "number" | "status" | "total" | "currency_code">[]
  mirrors?: Mirror[]
}

export interface InvoiceLine {
  id: string
  line_number: number
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
  amount: number
  currency_code: string
  method: string
  reference: string | null
  received_at: string
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

export interface Invoice {
  id: string
  account_id: string
  order_id: string
  order_number: string
  purchase_order_number: string | null
  number: string
  status: InvoiceStatus
  currency_code: string
  subtotal: number
  tax_total: number
  total: number
  paid_total: number
  credited_total: number
  outstanding: number
  is_overdue: boolean
  tax_summary: TaxSummaryRow[]
  buyer: { name?: string; company_name?: string } | null
  issued_at: string
  due_at: string
  terms_days: number
  lines?: InvoiceLine[]
  payments?: Payment[]
  credit_notes?: CreditNote[]
  mirror?: Mirror | null
}

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
  tracking: { carrier?: string | null; tracking_numbers?: string[] }[] | null
  cancel_request_reason: string | null
  cancel_answer: { accepted?: boolean; reason?: string | null } | null
  placed_at: string | null
  created_at: string
  lines?: PurchaseOrderLine[]
  receipts?: Receipt[]
  events?: HistoryEvent[]
  allowed_events?: string[]
  bills?: Bill[]
}

/** The distributor's answer to a purchase order; a refusal carries the code, sentence and figures. */
export interface OrderResponse {
  outcome?: string
  code?: string
  message?: string
  details?: Record<string, unknown>
}

export interface Bill {
  id: string
  connection_id: string
  invoice_number: string
  purchase_order_id: string | null
  status: string
  currency_code: string
  total: number
  outstanding?: number
  due_at: string
}
