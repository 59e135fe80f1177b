import type { JsonValue } from "../../scripts/fixture/store-client"

/** Members that are no amount of the currency: prices a unit, percentages, and what only counts. */
const FINER = /(^|_)(price|rate)$|^(latitude|longitude)$/

/**
 * Every figure in an answer, number or decimal string, that has more digits behind the point than its
 * currency, as `path: figure`. Prices a unit and percentages may have up to eight.
 */
export function figuresTooFine(value: JsonValue, digits: number, path = "$"): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((member, index) => figuresTooFine(member as JsonValue, digits, `${path}[${index}]`))
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, member]) =>
      figuresTooFine(member as JsonValue, FINER.test(name) ? 8 : digits, `${path}.${name}`)
    )
  }
  const isFigure = typeof value === "number" || (typeof value === "string" && /^-?\d+\.\d+$/.test(value))
  const [, fraction = ""] = /^-?\d+(?:\.(\d+))?$/.exec(String(value)) ?? [undefined, "an exponent"]
  return isFigure && fraction.length > digits ? [`${path}: ${value}`] : []
}
