import { decimalOf, sumUnits } from "./decimal"
import { BUCKETS, type AccountAgeing, type Bucket } from "./types/receivables"

export const AGEING_FIGURES = [...BUCKETS, "outstanding", "unapplied", "balance"] as const
export type AgeingFigure = Bucket | "outstanding" | "unapplied" | "balance"

/** What all accounts of one currency come to. */
export interface AgeingSum extends Record<AgeingFigure, number> {
  readonly currency_code: string
}

/** A sum for each currency, exact, by the currencies' codes. */
export function ageingSums(accounts: readonly AccountAgeing[]): AgeingSum[] {
  const currencies = [...new Set(accounts.map(({ currency_code }) => currency_code))].sort()
  return currencies.map((currency_code) => {
    const rows = accounts.filter((row) => row.currency_code === currency_code)
    const sum = (figure: AgeingFigure) => Number(decimalOf(sumUnits(rows.map((row) => row[figure]))))
    return {
      currency_code,
      current: sum("current"),
      days_1_30: sum("days_1_30"),
      days_31_60: sum("days_31_60"),
      days_61_90: sum("days_61_90"),
      days_91_120: sum("days_91_120"),
      over_120: sum("over_120"),
      outstanding: sum("outstanding"),
      unapplied: sum("unapplied"),
      balance: sum("balance"),
    }
  })
}
