import type { CreditAccount } from "./credit"
import type { PriceTier } from "./pricing"
import type { Address, InvoiceConsolidation, InvoiceOn, PaymentTerms } from "./store"

// What the API says of business customers.

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

export interface TaxExemption {
  id: string
  location_id: string | null
  category: "E" | "AE" | "K" | "G" | "O"
  certificate_number: string
  reason: string
  /** Calendar days. */
  valid_from: string | null
  expires_on: string | null
}

export interface Account {
  id: string
  company_name: string
  number: string | null
  email: string | null
  phone: string | null
  tax_number: string | null
  currency_code: string
  terms: PaymentTerms
  kind: "trade" | "cash"
  status: "active" | "closed"
  customer_id: string | null
  sales_rep_email: string | null
  price_tier_id: string | null
  price_tier?: PriceTier | null
  /** Null: as the store has it. */
  invoice_on: InvoiceOn | null
  invoice_consolidation: InvoiceConsolidation | null
  invoice_series: string | null
  created_at: string
  locations?: Location[]
  employees?: Employee[]
  tax_exemptions?: TaxExemption[]
  credit_account?: CreditAccount | null
}

