export interface DocumentAddress {
  readonly lines: readonly string[]
  readonly city: string | null
  readonly postal_code: string | null
  /** State, province or the like. */
  readonly subdivision: string | null
  /** ISO 3166-1 alpha-2, in any case. */
  readonly country_code: string | null
}

export interface BankAccount {
  /** IBAN where the country has it, else the account's own number. */
  readonly account_number: string
  readonly holder: string | null
  readonly bank_name: string | null
  readonly bic: string | null
}

/** Where software of a party takes in e-invoices; the scheme is a code of the EAS list, `EM` for an e-mail address. */
export interface ElectronicAddress {
  readonly scheme: string
  readonly value: string
}

/** A party as it stood when the document was issued. */
export interface DocumentParty {
  readonly name: string
  readonly trading_name: string | null
  /** With its country's letters where it is a VAT number (`DE123456789`); any other is a local tax number. */
  readonly tax_number: string | null
  /** In the register of companies. */
  readonly registration_number: string | null
  readonly contact_name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly electronic_address: ElectronicAddress | null
  readonly address: DocumentAddress
}

export interface DeliveryPlace {
  readonly name: string | null
  readonly address: DocumentAddress
}
