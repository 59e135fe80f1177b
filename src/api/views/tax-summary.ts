import { amountNumber } from "./amounts"

interface TaxSummaryEntry {
  readonly code: string | null
  readonly name: string | null
  /** Percent. */
  readonly rate: string
  readonly base: string
  readonly tax: string
}

/** The taxes of a document, a row a rate. */
export function taxSummaryView(summary: readonly TaxSummaryEntry[]) {
  return summary.map(({ code, name, rate, base, tax }) => ({
    code,
    name,
    rate: Number(rate),
    base: amountNumber(base),
    tax: amountNumber(tax),
  }))
}
