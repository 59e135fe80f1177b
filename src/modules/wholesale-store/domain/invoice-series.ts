import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { assertNumberPattern, mayGiveEqualNumbers } from "../../../lib/numbering/document-number"
import { invalidStore } from "./invalid-store"

/** A series of invoice numbers beside the one that all invoices are in otherwise. */
export interface InvoiceSeries {
  /** As accounts name it: `EXPORT`. */
  readonly series: string
  readonly pattern: string
}

export interface NumberedInvoices {
  readonly invoice_number_pattern: string
  readonly invoice_series: readonly InvoiceSeries[]
}

/**
 * Every series has a name and a pattern of its own, and no two of them, nor one and the store's ordinary
 * invoices, can ever give the same number.
 *
 * @throws WholesaleError 400 `invalid_store`, `invalid_number_pattern`; 409 `series_collide` with both
 */
export function assertInvoiceSeries({ invoice_number_pattern, invoice_series }: NumberedInvoices): void {
  const names = new Set<string>()
  for (const { series, pattern } of invoice_series) {
    if (!/^[A-Z0-9][A-Z0-9_-]{0,19}$/.test(series) || names.has(series)) {
      throw invalidStore(
        "invoice_series",
        `"${series}" is no name of a series, or stands twice: write up to 20 capital letters, digits, - and _, as EXPORT.`
      )
    }
    names.add(series)
    assertNumberPattern(pattern)
  }
  const patterns = [invoice_number_pattern, ...invoice_series.map(({ pattern }) => pattern)]
  patterns.forEach((one, index) => {
    const other = patterns.slice(index + 1).find((pattern) => mayGiveEqualNumbers(one, pattern))
    if (other !== undefined) {
      throw new WholesaleError(
        409,
        "series_collide",
        `${one} and ${other} can give the same number: begin or end one of them otherwise.`,
        { field: "invoice_series", patterns: [one, other] }
      )
    }
  })
}

/**
 * The series that an account's invoices are numbered in.
 *
 * @throws WholesaleError 409 `unknown_invoice_series` where the store has none of that name (any more)
 */
export function seriesOf(
  { invoice_number_pattern, invoice_series }: NumberedInvoices,
  series: string | null
): { series: string | null; number_pattern: string } {
  if (series === null) {
    return { series, number_pattern: invoice_number_pattern }
  }
  const found = invoice_series.find((each) => each.series === series)
  if (!found) {
    throw unknownSeries(series, invoice_series)
  }
  return { series, number_pattern: found.pattern }
}

export function unknownSeries(series: string, known: readonly InvoiceSeries[]): WholesaleError {
  const names = known.map((each) => each.series)
  return new WholesaleError(
    409,
    "unknown_invoice_series",
    `The store has no series ${series} of invoice numbers${names.length ? `, but ${names.join(", ")}` : ""}: ` +
      "add it in the store's settings, or take it off the account.",
    { series, known: names }
  )
}
