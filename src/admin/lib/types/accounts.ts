import type { Address, PaymentTerms } from "./store"

// What the API says of business customers and their credit. Amounts are numbers in major units.

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
  created_at: string
  locations?: Location[]
  employees?: Employee[]
  tax_exemptions?: TaxExemption[]
  credit_account?: CreditAccount | null
}
