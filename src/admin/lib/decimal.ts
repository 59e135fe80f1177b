/** Digits after the point that the API takes of an amount. */
const SCALE = 8

/**
 * A decimal amount as a whole number of its eighth digits, so that sums are exact; undefined for what is no
 * amount. Numbers are the API's, which never have more digits.
 */
export function unitsOf(amount: string | number): bigint | undefined {
  const written = typeof amount === "number" ? amount.toFixed(SCALE) : amount.trim()
  const parts = /^(-?)(\d{1,15})(?:\.(\d{0,8}))?$/.exec(written)
  if (!parts) {
    return undefined
  }
  const units = BigInt(parts[2] + (parts[3] ?? "").padEnd(SCALE, "0"))
  return parts[1] ? -units : units
}

/** The amount that so many units are, without zeros that say nothing: `12.5`. */
export function decimalOf(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(SCALE + 1, "0")
  const fraction = digits.slice(-SCALE).replace(/0+$/, "")
  return `${units < 0n ? "-" : ""}${digits.slice(0, -SCALE)}${fraction && `.${fraction}`}`
}

/** The exact sum; what is no amount, such as an empty field, counts nothing. */
export function sumUnits(amounts: readonly (string | number)[]): bigint {
  return amounts.reduce<bigint>((sum, amount) => sum + (unitsOf(amount) ?? 0n), 0n)
}
