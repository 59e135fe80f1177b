import { WholesaleError } from "../../../lib/errors/wholesale-error"

/**
 * Why no tax is charged, by the codes of UNTDID 5305 that EN 16931 allows: exempt, reverse charge, supply
 * within the European Union, export, outside the scope of tax.
 */
export const EXEMPTION_CATEGORIES = ["E", "AE", "K", "G", "O"] as const
export type ExemptionCategory = (typeof EXEMPTION_CATEGORIES)[number]

export interface TaxExemptionDetails {
  /** For goods that go there; left out for goods that go anywhere. */
  readonly location_id?: string | null
  readonly category: ExemptionCategory
  readonly certificate_number: string
  /** What invoices say: "Resale certificate", "Reverse charge". */
  readonly reason: string
  /** Calendar days, `2026-01-31`; the last one still counts. */
  readonly valid_from?: string | null
  readonly expires_on?: string | null
}

export interface TaxExemptionRow extends Required<TaxExemptionDetails> {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
}

/**
 * The row of a new exemption.
 *
 * @throws WholesaleError 400 `invalid_tax_exemption` naming the field
 */
export function newTaxExemptionRow(
  owner: { readonly id: string; readonly store_id: string; readonly account_id: string },
  { certificate_number, reason, ...details }: TaxExemptionDetails
): TaxExemptionRow {
  const row: TaxExemptionRow = {
    ...owner,
    location_id: details.location_id ?? null,
    category: details.category,
    certificate_number: certificate_number.trim(),
    reason: reason.trim(),
    valid_from: details.valid_from ?? null,
    expires_on: details.expires_on ?? null,
  }
  for (const field of ["certificate_number", "reason"] as const) {
    if (row[field] === "") {
      throw invalid(field, "A tax exemption needs the number of its certificate and a reason to print.")
    }
  }
  for (const field of ["valid_from", "expires_on"] as const) {
    const day = row[field]
    if (day !== null && !isDay(day)) {
      throw invalid(field, `${day} is no calendar day, such as 2026-01-31.`)
    }
  }
  if (row.valid_from !== null && row.expires_on !== null && row.expires_on < row.valid_from) {
    throw invalid("expires_on", `The certificate expires on ${row.expires_on}, before it holds on ${row.valid_from}.`)
  }
  return row
}

/**
 * The exemption under which goods are sold on a day: one of the location they go to before one of the
 * whole account, and of several the newest. `exemptions` come newest first.
 */
export function exemptionOn<Row extends Pick<TaxExemptionRow, "location_id" | "valid_from" | "expires_on">>(
  exemptions: readonly Row[],
  { location_id, day }: { readonly location_id: string | null; readonly day: string }
): Row | undefined {
  const holding = exemptions.filter(
    ({ valid_from, expires_on }) =>
      (valid_from === null || valid_from <= day) && (expires_on === null || day <= expires_on)
  )
  return (
    holding.find((row) => location_id !== null && row.location_id === location_id) ??
    holding.find((row) => row.location_id === null)
  )
}

function isDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === value
}

function invalid(field: string, message: string): WholesaleError {
  return new WholesaleError(400, "invalid_tax_exemption", message, { field })
}
