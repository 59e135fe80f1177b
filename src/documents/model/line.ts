import type { Amount } from "../../lib/money/amount"
import type { DocumentTax } from "./tax"

export interface Unit {
  /** UN/ECE Recommendation 20 or 21: `C62` for one, `KGM`, `XBX` for a box. */
  readonly code: string
  /** As people write it; null where the quantity says enough. */
  readonly label: string | null
}

/** Of an invoice or a credit note, whose amounts are positive alike. */
export interface DocumentLine {
  readonly line_number: number
  readonly sku: string | null
  readonly title: string
  readonly description: string | null
  /** Null where an amount is credited, and no goods. */
  readonly quantity: string | null
  readonly unit: Unit
  readonly unit_price: Amount
  /** Net. */
  readonly subtotal: Amount
  readonly tax: DocumentTax
  /** Where several orders are on one invoice. */
  readonly order_number: string | null
}

export const CHARGE_KINDS = ["shipping", "handling", "other", "discount"] as const
export type ChargeKind = (typeof CHARGE_KINDS)[number]

/** Added to the whole document, or taken off where it is a discount; the amount is positive either way. */
export interface DocumentCharge {
  readonly kind: ChargeKind
  readonly title: string
  readonly amount: Amount
  readonly tax: DocumentTax
}
