import { useDate } from "@medusajs/dashboard/hooks"
import { getFormattedCountry, getLocaleAmount } from "@medusajs/dashboard/lib"

import type { Address } from "../lib/types/store"

/** A day, or a day with its time; a dash where there is none. */
export function useDay() {
  const { getFullDate } = useDate()
  return (date: string | null | undefined, includeTime = false) =>
    date ? getFullDate({ date, includeTime }) : "–"
}

/** An amount of money as the reader's language writes it; a dash where there is none. Nothing has no sign. */
export function amountText(amount: number | null | undefined, currencyCode: string): string {
  return amount === null || amount === undefined ? "–" : getLocaleAmount(amount === 0 ? 0 : amount, currencyCode)
}

/** An address as lines, without the empty ones. */
export function addressLines(address: Partial<Address> | null | undefined): string[] {
  if (!address) {
    return []
  }
  const person = [address.first_name, address.last_name].filter(Boolean).join(" ")
  const town = [address.postal_code, address.city].filter(Boolean).join(" ")
  return [
    address.company,
    person,
    address.address_1,
    address.address_2,
    town,
    address.province,
    address.country_code && getFormattedCountry(address.country_code),
    address.phone,
  ].filter((line): line is string => Boolean(line))
}
