/// <reference lib="es2023.intl" />
import type { Amount } from "../../lib/money/amount"
import { currencyDigits } from "../../lib/money/currency-digits"
import type { CalendarDay } from "../model/document"

/** Intl formats a decimal string digit by digit, so that no amount passes through a float. */
type Decimal = Intl.StringNumericLiteral

/** Figures, days and countries as people of a locale write them. */
export class LocaleFormat {
  readonly locale: string
  private readonly plain: Intl.NumberFormat
  private readonly number: Intl.NumberFormat
  private readonly date: Intl.DateTimeFormat
  private readonly regions: Intl.DisplayNames

  /** @param locale BCP 47; English where Intl does not know it */
  constructor(locale: string) {
    this.locale = known(locale)
    this.plain = new Intl.NumberFormat(this.locale, { maximumFractionDigits: 20 })
    this.number = new Intl.NumberFormat(this.locale, { style: "percent", maximumFractionDigits: 6 })
    this.date = new Intl.DateTimeFormat(this.locale, { dateStyle: "medium", timeZone: "UTC", calendar: "gregory" })
    this.regions = new Intl.DisplayNames([this.locale], { type: "region", fallback: "code" })
  }

  /**
   * Amounts of a currency, with all of its digits and no rounding.
   *
   * @param canBeSet whether there are letters for a text: a currency's sign without one gives way to its code
   */
  amounts(currencyCode: string, canBeSet: (text: string) => boolean = () => true): CurrencyFormat {
    return new CurrencyFormat(this.locale, currencyCode, canBeSet)
  }

  quantity(value: string): string {
    return this.plain.format(value as Decimal)
  }

  /** @param rate percent: `"7.25"` becomes `7.25%` */
  percent(rate: string): string {
    return this.number.format(`${rate}e-2` as Decimal)
  }

  day(day: CalendarDay): string {
    return this.date.format(new Date(`${day}T00:00:00Z`))
  }

  country(code: string): string {
    return /^[a-z]{2}$/i.test(code) ? (this.regions.of(code.toUpperCase()) ?? code) : code
  }
}

export class CurrencyFormat {
  private readonly bare: Intl.NumberFormat
  private readonly symbolic: Intl.NumberFormat
  private readonly unrounded: Intl.NumberFormat

  constructor(locale: string, currencyCode: string, canBeSet: (text: string) => boolean) {
    const digits = currencyDigits(currencyCode)
    const exact = { minimumFractionDigits: digits, maximumFractionDigits: digits }
    const currency = { style: "currency", currency: currencyCode.toUpperCase(), ...exact } as const
    const symbolic = new Intl.NumberFormat(locale, currency)
    this.bare = new Intl.NumberFormat(locale, exact)
    this.unrounded = new Intl.NumberFormat(locale, { ...exact, maximumFractionDigits: 20 })
    this.symbolic = canBeSet(symbolic.format(0))
      ? symbolic
      : new Intl.NumberFormat(locale, { ...currency, currencyDisplay: "code" })
  }

  /** Without the currency, where the table says it once. */
  amount(amount: Amount): string {
    return this.bare.format(amount as Decimal)
  }

  /** Unit prices may have more digits than the currency. */
  price(price: Amount): string {
    return this.unrounded.format(price as Decimal)
  }

  /** With the currency. */
  money(amount: Amount): string {
    return this.symbolic.format(amount as Decimal)
  }
}

function known(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? "en"
  } catch (error) {
    if (error instanceof RangeError) {
      return "en"
    }
    throw error
  }
}
