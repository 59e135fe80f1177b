import { isIban, looksLikeIban, plainAccountNumber } from "../../../lib/bank/iban"
import { invalidStore } from "./invalid-store"

/** Where customers pay to, as documents print it. */
export interface PrintedBankAccount {
  holder: string | null
  /** The IBAN, or the account's own number where the country has none; without spaces. */
  account_number: string
  bic: string | null
}

/** What a store prints on its documents besides its profile. */
export interface PrintSettings {
  registration_number: string | null
  bank_account: PrintedBankAccount | null
  /** `#1a2b3c` */
  brand_color: string | null
  /** Of a PNG or JPEG in Medusa's file module. */
  logo_file_id: string | null
  /** BCP 47: dates and figures are written its way, and labels in its language where there are any. */
  locale: string
  /** Below the figures of every document. */
  footer_note: string | null
}

const NOTHING: PrintSettings = {
  registration_number: null,
  bank_account: null,
  brand_color: null,
  logo_file_id: null,
  locale: "en",
  footer_note: null,
}

/** All of them for a new store. @throws WholesaleError 400 as `printChanges` does */
export const newPrintSettings = (given: Partial<PrintSettings>): PrintSettings => ({ ...NOTHING, ...printChanges(given) })

/**
 * Those of the changes that are of what is printed, as they are kept.
 *
 * @throws WholesaleError 400 `invalid_store` naming the field: a mistyped IBAN, a BIC that is none, a
 * colour that is none, a locale that nobody writes
 */
export function printChanges(changes: Partial<PrintSettings>): Partial<PrintSettings> {
  const given = Object.fromEntries(
    Object.keys(NOTHING).flatMap((name) => {
      const value = changes[name as keyof PrintSettings]
      return value === undefined ? [] : [[name, value]]
    })
  ) as Partial<PrintSettings>
  assertColor(given.brand_color)
  return {
    ...given,
    ...(given.locale !== undefined && { locale: canonicalLocale(given.locale) }),
    ...(given.bank_account && { bank_account: bankAccount(given.bank_account) }),
  }
}

function bankAccount({ holder, account_number, bic }: PrintedBankAccount): PrintedBankAccount {
  const account = plainAccountNumber(account_number)
  if (looksLikeIban(account) && !isIban(account)) {
    throw invalidStore("bank_account.account_number", `${account} is no IBAN: its check digits do not fit the rest.`)
  }
  const institution = bic && plainAccountNumber(bic)
  if (institution && !/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(institution)) {
    throw invalidStore("bank_account.bic", `${institution} is no BIC, which has eight or eleven letters and digits.`)
  }
  return { holder, account_number: account, bic: institution }
}

function assertColor(color: string | null | undefined): void {
  if (color && !/^#[0-9a-f]{6}$/i.test(color)) {
    throw invalidStore("brand_color", `${color} is no colour: write it as #1a2b3c.`)
  }
}

function canonicalLocale(locale: string): string {
  try {
    const [known] = Intl.NumberFormat.supportedLocalesOf(locale)
    if (known) {
      return known
    }
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error
    }
  }
  throw invalidStore("locale", `${locale} is no locale that is known here: write it as en-GB or de.`)
}
