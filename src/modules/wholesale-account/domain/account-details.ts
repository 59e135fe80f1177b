import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { isCurrencyCode } from "../../../lib/money/currency-code"
import { NET_30, paymentTerms, type GivenTerms, type PaymentTerms } from "../../../lib/terms/payment-terms"

export type AccountKind = "trade" | "cash"
export type AccountStatus = "active" | "closed"

/** What may change after the account was made: its store, currency and kind are none of it. */
export interface AccountDetails {
  company_name: string
  number?: string | null
  email?: string | null
  phone?: string | null
  tax_number?: string | null
  terms?: GivenTerms
  status?: AccountStatus
  customer_id?: string | null
  sales_rep_email?: string | null
  price_tier_id?: string | null
  /** Null: as the store has it. */
  invoice_on?: "completion" | "approval" | "shipment" | null
  invoice_consolidation?: "none" | "manual" | "weekly" | "monthly" | null
  /** Of the store's series of invoice numbers; null: the ordinary one. */
  invoice_series?: string | null
}

export interface NewAccount extends AccountDetails {
  id?: string
  store_id: string
  currency_code: string
  /** `cash` for an account that many unnamed buyers share. */
  kind?: AccountKind
}

export type NewAccountRow = Required<NewAccount> & { terms: PaymentTerms }

/**
 * The whole row of a new account, what was not given filled in: 30 days' terms, a trade account, active.
 *
 * @throws WholesaleError 400 `invalid_account` naming the field; 400 `invalid_terms`
 */
export function newAccountRow(id: string, account: NewAccount): NewAccountRow {
  assertAccountDetails(account)
  if (!isCurrencyCode(account.currency_code.toLowerCase())) {
    throw invalid("currency_code", `${account.currency_code} is no ISO 4217 code.`)
  }
  return {
    id,
    store_id: account.store_id,
    company_name: account.company_name.trim(),
    number: account.number ?? null,
    email: account.email ?? null,
    phone: account.phone ?? null,
    tax_number: account.tax_number ?? null,
    currency_code: account.currency_code.toLowerCase(),
    terms: account.terms ? paymentTerms(account.terms) : NET_30,
    kind: account.kind ?? "trade",
    status: account.status ?? "active",
    customer_id: account.customer_id ?? null,
    sales_rep_email: account.sales_rep_email ?? null,
    price_tier_id: account.price_tier_id ?? null,
    invoice_on: account.invoice_on ?? null,
    invoice_consolidation: account.invoice_consolidation ?? null,
    invoice_series: account.invoice_series ?? null,
  }
}

/**
 * Changes as they are written.
 *
 * @throws WholesaleError 400 `invalid_account` naming the field; 400 `invalid_terms`
 */
export function accountChanges({
  terms,
  ...details
}: Partial<AccountDetails>): Partial<Omit<AccountDetails, "terms">> & { terms?: PaymentTerms } {
  assertAccountDetails(details)
  return terms ? { ...details, terms: paymentTerms(terms) } : details
}

/** @throws WholesaleError 400 `invalid_account`: an empty name or number */
function assertAccountDetails(details: Partial<Omit<AccountDetails, "terms">>): void {
  if (details.company_name !== undefined && details.company_name.trim() === "") {
    throw invalid("company_name", "An account needs the name of its company.")
  }
  if (details.number !== undefined && details.number !== null && details.number.trim() === "") {
    throw invalid("number", "An account's number is a text or null.")
  }
}

function invalid(field: string, message: string): WholesaleError {
  return new WholesaleError(400, "invalid_account", message, { field })
}
