import type { AgeBucket, StatementEntryKind } from "../model/statement"
import { de } from "./de"
import { en } from "./en"
import { es } from "./es"
import { fr } from "./fr"

/** The words of a document in one language. */
export interface Labels {
  readonly invoice: string
  readonly void_invoice: string
  readonly pro_forma: string
  readonly credit_note: string
  readonly statement: string
  readonly packing_slip: string

  readonly from: string
  readonly bill_to: string
  readonly credit_to: string
  readonly account: string
  readonly ship_from: string
  readonly ship_to: string
  readonly tax_number: string
  readonly registration_number: string
  readonly contact: string

  readonly issued_on: string
  readonly due_on: string
  readonly delivered_on: string
  readonly shipped_on: string
  readonly purchase_order: string
  readonly orders: string
  readonly buyer_reference: string
  readonly for_invoice: string
  readonly reason: string
  readonly currency: string
  readonly period: string
  readonly carrier: string
  readonly tracking: string

  readonly line: string
  readonly sku: string
  readonly item: string
  readonly quantity: string
  readonly ordered: string
  readonly shipped: string
  readonly outstanding: string
  readonly unit_price: string
  readonly tax: string
  readonly amount: string
  readonly date: string
  readonly entry: string
  readonly reference: string
  readonly balance: string

  readonly subtotal: string
  readonly net: string
  readonly total: string
  readonly prepaid: string
  readonly amount_due: string
  readonly credit: string
  readonly opening_balance: string
  readonly closing_balance: string

  readonly payment: string
  readonly bank: string
  readonly account_number: string
  readonly bic: string
  readonly ageing: string
  readonly no_entries: string
  /** What moved the balance, as a statement says it. */
  readonly entries: Readonly<Record<StatementEntryKind, string>>
  readonly ages: Readonly<Record<AgeBucket, string>>

  readonly tax_on: (rate: string, taxable: string) => string
  readonly order: (number: string) => string
  readonly certificate: (number: string) => string
  readonly pay_by: (day: string) => string
  readonly discount_until: (percent: string, day: string, amount: string) => string
  readonly paid_by: (day: string) => string
  readonly credited_by: (day: string) => string
  readonly discounted_by: (day: string) => string
  readonly written_off_by: (day: string) => string
  readonly void_since: (day: string) => string
  readonly open_on: (day: string) => string
  readonly page: (page: string, pages: string) => string
}

const LANGUAGES: Readonly<Record<string, Labels>> = { de, en, es, fr }

/** The words for a locale: of its language where there are any, else English. */
export const labelsFor = (locale: string): Labels => LANGUAGES[locale.split("-")[0].toLowerCase()] ?? en
