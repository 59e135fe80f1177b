/** What Medusa's own list has besides: withdrawn ones, and Iran's toman. */
const ALSO_IN_MEDUSA = ["eek", "irt", "ltl", "lvl", "vef", "zmk"]

const CODES: ReadonlySet<string> = new Set([
  ...Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()),
  ...ALSO_IN_MEDUSA,
])

/** Whether the text is an ISO 4217 code in lower case, as this runtime knows them, or one of Medusa's. */
export const isCurrencyCode = (text: string): boolean => CODES.has(text)
