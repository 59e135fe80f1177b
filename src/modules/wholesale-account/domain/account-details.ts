import { WholesaleError } from "../../../lib/errors/wholesale-error"

export type AccountKind = "trade" | "cash"
export type AccountStatus = "active" | "closed"

/** What may change after the account was made: its store, currency and kind are none of it. */
export interface AccountDetails {
  company_name: string
  number?: string | null
  email?: string | null
  phone?: string | null
  tax_number?: string | null
  terms_days?: number
  status?: AccountStatus
  customer_id?: string | null
  sales_rep_email?: string | null
}

export interface NewAccount extends AccountDetails {
  id?: string
  store_id: string
  currency_code: string
  /** `cash` for an account that many unnamed buyers share. */
  kind?: AccountKind
}

export type NewAccountRow = Required<NewAccount>

const MAX_TERMS_DAYS = 365
const DEFAULT_TERMS_DAYS = 30

/**
 * The whole row of a new account, what was not given filled in: 30 days' terms, a trade account, active.
 *
 * @throws WholesaleError 400 `invalid_account` naming the field
 */
export function newAccountRow(id: string, account: NewAccount): NewAccountRow {
  assertAccountDetails(account)
  if (!/^[a-z]{3}$/i.test(account.currency_code)) {
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
    terms_days: account.terms_days ?? DEFAULT_TERMS_DAYS,
    kind: account.kind ?? "trade",
    status: account.status ?? "active",
    customer_id: account.customer_id ?? null,
    sales_rep_email: account.sales_rep_email ?? null,
  }
}

/** @throws WholesaleError 400 `invalid_account`: an empty name or number, terms beyond 0 to 365 days */
export function assertAccountDetails(details: Partial<AccountDetails>): void {
  if (details.company_name !== undefined && details.company_name.trim() === "") {
    throw invalid("company_name", "An account needs the name of its company.")
  }
  if (details.number !== undefined && details.number !== null && details.number.trim() === "") {
    throw invalid("number", "An account's number is a text or null.")
  }
  const days = details.terms_days
  if (days !== undefined && (!Number.isInteger(days) || days < 0 || days > MAX_TERMS_DAYS)) {
    throw invalid("terms_days", `Terms are 0 to ${MAX_TERMS_DAYS} whole days, got ${days}.`)
  }
}

function invalid(field: string, message: string): WholesaleError {
  return new WholesaleError(400, "invalid_account", message, { field })
}
