import type { Amount } from "../../../lib/money/amount"
import { rawAmount } from "../../../lib/sql/insert-records"

/** The exact companion of an amount column, as it is stored. */
export interface RawAmount {
  readonly value: string
}

/** A row as SQL answers it: amounts by their exact companions, times as the driver gives them. */
export type Row<Document, Amounts extends keyof Document, Times extends keyof Document> = Omit<
  Document,
  Amounts | Times
> & {
  readonly [Column in Amounts & string as `raw_${Column}`]: RawAmount
} & {
  readonly [Column in Times]: Date | string | (null extends Document[Column] ? null : never)
}

/** The pairs of columns that amounts are stored in. */
export function amountColumns(amounts: Readonly<Record<string, Amount>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(amounts).flatMap(([column, amount]) => [
      [column, amount],
      [`raw_${column}`, rawAmount(amount)],
    ])
  )
}

/** A time that may not have come yet. */
export function toDate(time: Date | string | null): Date | null {
  return time === null ? null : new Date(time)
}
