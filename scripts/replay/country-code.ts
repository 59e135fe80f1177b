/** Names in exports that are not the English ones of the countries. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  "channel islands": "je",
  "czech republic": "cz",
  eire: "ie",
  "hong kong": "hk",
  rsa: "za",
  uk: "gb",
  usa: "us",
}

let byName: ReadonlyMap<string, string> | undefined

/** The ISO 3166-1 code, in lower case, of a country by its English name; undefined for what is none. */
export function countryCode(name: string): string | undefined {
  byName ??= countriesByName()
  const known = name.toLowerCase()
  return OTHER_NAMES[known] ?? byName.get(known)
}

function countriesByName(): Map<string, string> {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" })
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
  const countries = new Map<string, string>()
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = NOT_A_COUNTRY.has(code) ? undefined : names.of(code)
    if (name) {
      countries.set(name.toLowerCase(), code.toLowerCase())
    }
  }
  return countries
}

/** Codes that name groups of countries, former ones, or nothing. */
const NOT_A_COUNTRY = new Set(["DD", "EU", "EZ", "FX", "QO", "SU", "UK", "UN", "XA", "XB", "YD", "YU", "ZZ"])
