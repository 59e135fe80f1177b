import type { Amount } from "../../lib/money/amount"

/** `2026-01-31`, in the store's calendar: whoever makes the snapshot decides which day it was. */
export type CalendarDay = string

/** What a store's documents look like. */
export interface Branding {
  /** Bytes of a PNG or JPEG. */
  readonly logo: Uint8Array | null
  /** `#1a2b3c`; null takes a dark grey. */
  readonly color: string | null
}

/** What every document says about itself. */
export interface DocumentHead {
  readonly number: string
  readonly issued_on: CalendarDay
  /** ISO 4217, in any case. */
  readonly currency_code: string
  /** BCP 47: dates and numbers are written its way, and labels in its language where there are any. */
  readonly locale: string
  readonly branding: Branding
  /** Printed after the figures, as given. */
  readonly notes: readonly string[]
}

/** Net, tax and gross of a whole document; every one of them stands in it, and none is computed again. */
export interface DocumentTotals {
  /** Σ of the lines. */
  readonly lines: Amount
  /** Σ of what is charged on top. */
  readonly charges: Amount
  /** Σ of the discounts, positive. */
  readonly discounts: Amount
  readonly net: Amount
  readonly tax: Amount
  readonly gross: Amount
}
