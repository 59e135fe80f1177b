import type { Amount } from "../../lib/money/amount"
import type { CalendarDay } from "../model/document"
import type { TaxCategory } from "../model/tax"

/**
 * An invoice or credit note in the terms of EN 16931-1, before it is written in a syntax. The comments
 * name the norm's business terms. Amounts have two decimals at most, and everything that its rules demand is there.
 */
export interface SemanticInvoice {
  /** BT-1 */
  readonly number: string
  /** BT-2 */
  readonly issued_on: CalendarDay
  /** BT-3, UNTDID 1001: a commercial invoice or a credit note. */
  readonly type_code: "380" | "381"
  /** BT-5 */
  readonly currency: string
  /** BT-9 */
  readonly due_on: CalendarDay | null
  /** BT-10 */
  readonly buyer_reference: string | null
  /** BT-13 */
  readonly purchase_order: string | null
  /** BT-14 */
  readonly sales_order: string | null
  /** BT-20 */
  readonly payment_terms: string | null
  /** BT-22 */
  readonly note: string | null
  /** BG-3 */
  readonly preceding: { readonly number: string; readonly issued_on: CalendarDay } | null
  /** BG-4 */
  readonly seller: SemanticParty
  /** BG-7 */
  readonly buyer: SemanticParty
  /** BG-13 */
  readonly delivery: SemanticDelivery | null
  /** BG-17 */
  readonly credit_transfers: readonly CreditTransfer[]
  /** BG-20, BG-21 */
  readonly charges: readonly SemanticCharge[]
  /** BG-22 */
  readonly totals: SemanticTotals
  /** BG-23 */
  readonly tax_breakdown: readonly TaxBreakdown[]
  /** BG-25 */
  readonly lines: readonly SemanticLine[]
}

export interface SemanticAddress {
  /** BT-35, 36, 162; BT-50, 51, 163; BT-75, 76, 165 */
  readonly lines: readonly string[]
  readonly city: string | null
  readonly postal_code: string | null
  readonly subdivision: string | null
  readonly country: string
}

export interface SemanticParty {
  /** BT-27, BT-44 */
  readonly name: string
  /** BT-28, BT-45 */
  readonly trading_name: string | null
  /** BT-46: of a buyer whose tax number is no VAT number. */
  readonly identifier: string | null
  /** BT-30, BT-47 */
  readonly registration: string | null
  /** BT-31, BT-48 */
  readonly vat_id: string | null
  /** BT-32: of a seller only. */
  readonly tax_registration: string | null
  /** BT-34, BT-49 */
  readonly electronic_address: { readonly scheme: string; readonly value: string } | null
  /** BG-5, BG-8 */
  readonly address: SemanticAddress
  /** BG-6, BG-9 */
  readonly contact: { readonly name: string | null; readonly phone: string | null; readonly email: string | null } | null
}

export interface SemanticDelivery {
  /** BT-70 */
  readonly name: string | null
  /** BT-72 */
  readonly delivered_on: CalendarDay | null
  /** BG-15 */
  readonly address: SemanticAddress
}

export interface CreditTransfer {
  /** BT-81, UNTDID 4461: a SEPA or another credit transfer. */
  readonly means_code: "58" | "30"
  /** BT-84 */
  readonly account: string
  readonly is_iban: boolean
  /** BT-85 */
  readonly holder: string | null
  /** BT-86 */
  readonly bic: string | null
}

export interface SemanticTax {
  /** BT-118, BT-151, BT-95, BT-102 */
  readonly category: TaxCategory
  /** BT-119, BT-152, BT-96, BT-103; null where there is no tax to have a rate. */
  readonly rate: string | null
}

export interface SemanticCharge {
  /** Added where true (BG-21), else taken off (BG-20). */
  readonly adds: boolean
  /** BT-92, BT-99 */
  readonly amount: Amount
  /** BT-97, BT-104 */
  readonly reason: string
  /** BT-98 of UNTDID 5189, BT-105 of UNTDID 7161 */
  readonly reason_code: string | null
  readonly tax: SemanticTax
}

export interface TaxBreakdown extends SemanticTax {
  /** BT-116 */
  readonly taxable: Amount
  /** BT-117 */
  readonly tax: Amount
  /** BT-120 */
  readonly exemption_reason: string | null
  /** BT-121 */
  readonly exemption_code: string | null
}

export interface SemanticTotals {
  /** BT-106 */
  readonly lines: Amount
  /** BT-107 */
  readonly allowances: Amount
  /** BT-108 */
  readonly charges: Amount
  /** BT-109 */
  readonly net: Amount
  /** BT-110 */
  readonly tax: Amount
  /** BT-112 */
  readonly gross: Amount
  /** BT-113 */
  readonly prepaid: Amount
  /** BT-115 */
  readonly payable: Amount
}

export interface SemanticLine {
  /** BT-126 */
  readonly id: string
  /** BT-127 */
  readonly note: string | null
  /** BT-129 */
  readonly quantity: string
  /** BT-130, BT-150 */
  readonly unit: string
  /** BT-131 */
  readonly net: Amount
  /** BT-146 */
  readonly price: Amount
  /** BT-149 */
  readonly price_quantity: string
  readonly tax: SemanticTax
  /** BT-153 */
  readonly name: string
  /** BT-154 */
  readonly description: string | null
  /** BT-155 */
  readonly seller_item_id: string | null
}
