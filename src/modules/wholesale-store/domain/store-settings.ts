import { changedSettings, NO_CREDIT_RULES, type CreditSettings } from "../../../lib/credit-rules/credit-settings"
import { isCurrencyCode } from "../../../lib/money/currency-code"
import { assertNumberPattern } from "../../../lib/numbering/document-number"
import { NET_30, paymentTerms, type GivenTerms, type PaymentTerms } from "../../../lib/terms/payment-terms"
import { assertInvoiceSeries, type InvoiceSeries } from "./invoice-series"
import { invalidStore } from "./invalid-store"
import { newPrintSettings, printChanges, type PrintSettings } from "./print-settings"

export type StoreMode = "distributor" | "retailer" | "both"
export type InvoiceOn = "completion" | "approval" | "shipment"
/** Whether what becomes due waits to be put on an invoice with others, and until when. */
export type InvoiceConsolidation = "none" | "manual" | "weekly" | "monthly"

export interface PostalAddress {
  company?: string
  first_name?: string
  last_name?: string
  address_1?: string
  address_2?: string
  city?: string
  postal_code?: string
  province?: string
  country_code?: string
  phone?: string
}

/** What a store may change after it was made: its currency is none of it. */
export interface StoreSettings extends Partial<PrintSettings> {
  name: string
  mode: StoreMode
  email?: string | null
  phone?: string | null
  tax_number?: string | null
  address?: PostalAddress | null
  /** The retail channel whose publishable key opens the store API; of one store only. */
  sales_channel_id?: string | null
  mirror_sales_channel_id?: string | null
  /** In the order in which stock is taken from them. */
  stock_location_ids?: string[]
  order_number_pattern?: string
  purchase_order_number_pattern?: string
  invoice_number_pattern?: string
  credit_note_number_pattern?: string
  invoice_on?: InvoiceOn
  invoice_consolidation?: InvoiceConsolidation
  /** Series of invoice numbers beside the ordinary one, for accounts that name them. */
  invoice_series?: InvoiceSeries[]
  /** Who is told of orders that credit holds. */
  credit_manager_email?: string | null
  /** Of accounts whose own are not given. */
  default_terms?: GivenTerms
  /** As the terms: credit rules in the store's currency; what is left out of them is not set. */
  default_credit?: Partial<CreditSettings> | null
}

export interface NewStore extends StoreSettings {
  id?: string
  currency_code: string
}

export type NewStoreRow = Required<NewStore> & {
  default_terms: PaymentTerms
  default_credit: CreditSettings | null
  incarnation: number
}

const PATTERNS = {
  order_number_pattern: "B2B-{YYYY}-{SEQ:6}",
  purchase_order_number_pattern: "PO-{YYYY}-{SEQ:6}",
  invoice_number_pattern: "INV-{YYYY}-{SEQ:6}",
  credit_note_number_pattern: "CN-{YYYY}-{SEQ:6}",
} as const

/**
 * The whole row of a new store, what was not given filled in.
 *
 * @throws WholesaleError 400 as `storeChanges` does
 */
export function newStoreRow(id: string, store: NewStore): NewStoreRow {
  const { name, mode } = store
  assertStoreSettings(store)
  assertInvoiceSeries({
    invoice_number_pattern: store.invoice_number_pattern ?? PATTERNS.invoice_number_pattern,
    invoice_series: store.invoice_series ?? [],
  })
  if (!isCurrencyCode(store.currency_code.toLowerCase())) {
    throw invalidStore("currency_code", `${store.currency_code} is no ISO 4217 code.`)
  }
  return {
    id,
    name: name.trim(),
    mode,
    currency_code: store.currency_code.toLowerCase(),
    email: store.email ?? null,
    phone: store.phone ?? null,
    tax_number: store.tax_number ?? null,
    address: store.address ?? null,
    sales_channel_id: store.sales_channel_id ?? null,
    mirror_sales_channel_id: store.mirror_sales_channel_id ?? null,
    stock_location_ids: store.stock_location_ids ?? [],
    order_number_pattern: store.order_number_pattern ?? PATTERNS.order_number_pattern,
    purchase_order_number_pattern:
      store.purchase_order_number_pattern ?? PATTERNS.purchase_order_number_pattern,
    invoice_number_pattern: store.invoice_number_pattern ?? PATTERNS.invoice_number_pattern,
    credit_note_number_pattern:
      store.credit_note_number_pattern ?? PATTERNS.credit_note_number_pattern,
    invoice_on: store.invoice_on ?? "completion",
    invoice_consolidation: store.invoice_consolidation ?? "none",
    invoice_series: store.invoice_series ?? [],
    credit_manager_email: store.credit_manager_email ?? null,
    default_terms: store.default_terms ? paymentTerms(store.default_terms) : NET_30,
    default_credit: store.default_credit
      ? changedSettings(NO_CREDIT_RULES, store.default_credit, store.currency_code)
      : null,
    ...newPrintSettings(store),
    incarnation: 1,
  }
}

/**
 * Changes as they are written, but the defaults of accounts: see `changeDefaults`.
 *
 * @throws WholesaleError 400 `invalid_store` naming the field: an empty name, the same stock location twice
 * or what `printChanges` refuses
 * @throws WholesaleError 400 `invalid_number_pattern`
 */
export function storeChanges({
  default_terms: _terms,
  default_credit: _credit,
  ...settings
}: Partial<StoreSettings>): Partial<OwnSettings> {
  assertStoreSettings(settings)
  return { ...settings, ...printChanges(settings) }
}

type OwnSettings = Omit<StoreSettings, "default_terms" | "default_credit">

function assertStoreSettings(settings: Partial<OwnSettings>): void {
  if (settings.name !== undefined && settings.name.trim() === "") {
    throw invalidStore("name", "A store needs a name.")
  }
  for (const column of Object.keys(PATTERNS) as (keyof typeof PATTERNS)[]) {
    const pattern = settings[column]
    if (pattern !== undefined) {
      assertNumberPattern(pattern)
    }
  }
  const locations = settings.stock_location_ids ?? []
  if (new Set(locations).size !== locations.length) {
    throw invalidStore("stock_location_ids", "A stock location stands twice in the list.")
  }
}
