import { WholesaleError } from "../../../lib/errors/wholesale-error"

/** An account's place, as it is written. */
export interface LocationDetails {
  name: string
  address_1: string
  address_2?: string | null
  city?: string | null
  postal_code?: string | null
  province?: string | null
  /** ISO 3166-1, two letters */
  country_code: string
  phone?: string | null
  is_default_shipping?: boolean
  is_default_billing?: boolean
}

export interface LocationRow extends Required<LocationDetails> {
  id: string
  store_id: string
  account_id: string
}

/** An address as documents carry it: members without a value are left out. */
export interface DocumentAddress {
  company: string
  address_1: string
  address_2?: string
  city?: string
  postal_code?: string
  province?: string
  country_code: string
  phone?: string
}

const DEFAULTS = ["is_default_shipping", "is_default_billing"] as const

/**
 * The row of a new location. An account's first location is its default for goods and invoices.
 *
 * @throws WholesaleError 400 `invalid_location` naming the field
 */
export function newLocationRow(
  owner: { id: string; store_id: string; account_id: string },
  location: LocationDetails,
  isFirst: boolean
): LocationRow {
  assertLocation(location)
  return {
    ...owner,
    name: location.name.trim(),
    address_1: location.address_1.trim(),
    address_2: location.address_2 ?? null,
    city: location.city ?? null,
    postal_code: location.postal_code ?? null,
    province: location.province ?? null,
    country_code: location.country_code.toLowerCase(),
    phone: location.phone ?? null,
    is_default_shipping: isFirst || location.is_default_shipping === true,
    is_default_billing: isFirst || location.is_default_billing === true,
  }
}

/**
 * The row after the changes.
 *
 * @throws WholesaleError 400 `invalid_location`, also where a default would end without another one:
 * make another location the default instead
 */
export function changedLocationRow(row: LocationRow, changes: Partial<LocationDetails>): LocationRow {
  assertLocation(changes)
  for (const column of DEFAULTS) {
    if (row[column] && changes[column] === false) {
      throw invalid(column, `${row.name} is the account's default: make another location the default instead.`)
    }
  }
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const changed = { ...row, ...given }
  return { ...changed, country_code: changed.country_code.toLowerCase() }
}

/** How an account's location is written on a document. */
export function documentAddress(companyName: string, location: LocationRow): DocumentAddress {
  const { address_1, address_2, city, postal_code, province, country_code, phone } = location
  return {
    company: companyName,
    address_1,
    ...(address_2 ? { address_2 } : {}),
    ...(city ? { city } : {}),
    ...(postal_code ? { postal_code } : {}),
    ...(province ? { province } : {}),
    country_code,
    ...(phone ? { phone } : {}),
  }
}

/**
 * Where goods and invoices go. Goods to the location asked for, else to the default; invoices always
 * to the billing default, wherever the goods go.
 *
 * @returns undefined for the addresses of an account without locations, and for `ship_to` where the
 * location asked for is not among them
 */
export function chooseLocations(
  locations: readonly LocationRow[],
  askedId: string | undefined
): { ship_to: LocationRow | undefined; bill_to: LocationRow | undefined } {
  return {
    ship_to: locations.find(({ id, is_default_shipping }) =>
      askedId === undefined ? is_default_shipping : id === askedId
    ),
    bill_to: locations.find(({ is_default_billing }) => is_default_billing),
  }
}

function assertLocation(location: Partial<LocationDetails>): void {
  for (const field of ["name", "address_1"] as const) {
    if (location[field] !== undefined && location[field].trim() === "") {
      throw invalid(field, `A location needs its ${field === "name" ? "name" : "first address line"}.`)
    }
  }
  if (location.country_code !== undefined && !/^[a-z]{2}$/i.test(location.country_code)) {
    throw invalid("country_code", `${location.country_code} is no ISO 3166-1 code of two letters.`)
  }
}

function invalid(field: string, message: string): WholesaleError {
  return new WholesaleError(400, "invalid_location", message, { field })
}
