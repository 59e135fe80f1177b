/**
 * Minor-unit digits of currencies that do not have two, after ISO 4217:2015 (amendment list one).
 * Every other code has two.
 */
const DIGITS_OTHER_THAN_TWO: Readonly<Record<string, number>> = {
  bif: 0, clp: 0, djf: 0, gnf: 0, isk: 0, jpy: 0, kmf: 0, krw: 0, pyg: 0, rwf: 0,
  ugx: 0, uyi: 0, vnd: 0, vuv: 0, xaf: 0, xof: 0, xpf: 0,
  bhd: 3, iqd: 3, jod: 3, kwd: 3, lyd: 3, omr: 3, tnd: 3,
  clf: 4, uyw: 4,
}

const overrides = new Map<string, number>()

/**
 * Replaces the digits of single currencies for this process, for hosts whose currency table differs
 * from ISO 4217 (Medusa's own shows HUF and AFN without digits).
 */
export function overrideCurrencyDigits(digits: Readonly<Record<string, number>>): void {
  for (const [code, count] of Object.entries(digits)) {
    if (!Number.isInteger(count) || count < 0 || count > 8) {
      throw new RangeError(`Digits of currency ${code} must be a whole number from 0 to 8, got ${count}.`)
    }
    overrides.set(code.toLowerCase(), count)
  }
}

/** Number of minor-unit digits of an ISO 4217 code, in any case. */
export function currencyDigits(currencyCode: string): number {
  const code = currencyCode.toLowerCase()
  return overrides.get(code) ?? DIGITS_OTHER_THAN_TWO[code] ?? 2
}
