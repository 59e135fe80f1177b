import type { CreditPolicy } from "./credit"
import type { FulfilmentMethod, PaymentTerms } from "./store"

// What the API says of price tiers and charges. Amounts are numbers in major units; in credit rules that others
// begin with they are decimal strings.

export type ChargeKind = "shipping" | "handling"

/** What is charged beside the goods. */
export interface Charge {
  kind: ChargeKind
  name: string
  amount: number
  /** What free shipping would have cost. */
  waived_amount?: number | null
}

export interface ChargeRule {
  id: string
  kind: ChargeKind
  name: string
  amount: number
  currency_code: string
  fulfilment_method: FulfilmentMethod | null
  active: boolean
}

/** Credit rules that an account begins with. */
export interface DefaultCredit {
  credit_limit: string | null
  policy: CreditPolicy
  soft_threshold_percent: string | null
  hard_threshold_percent: string | null
  past_due_days: number | null
  past_due_tolerance: string | null
}

export interface PriceTier {
  id: string
  name: string
  currency_code: string
  free_shipping_from: number | null
  default_terms: PaymentTerms | null
  default_credit: DefaultCredit | null
}
