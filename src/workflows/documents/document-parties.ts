import { z } from "@medusajs/framework/zod"

import type { Delivery } from "../../documents/model/invoice"
import type { BankAccount, DeliveryPlace, DocumentAddress, DocumentParty } from "../../documents/model/party"
import type { Party } from "../../modules/wholesale-invoice/persistence/rows"

const text = z.string().nullish().transform((value) => value ?? null)

/** An address as stores, accounts and orders keep it; members that documents do not print are left out. */
const address = z
  .object({
    name: text,
    company: text,
    first_name: text,
    last_name: text,
    address_1: text,
    address_2: text,
    city: text,
    postal_code: text,
    province: text,
    country_code: text,
  })
  .nullish()

/** What was kept of a party when the document was issued. Older documents keep less. */
const seller = z.object({
  name: z.string(),
  email: text,
  phone: text,
  tax_number: text,
  registration_number: text,
  address,
  bank_account: z.object({ holder: text, account_number: z.string(), bic: text }).nullish(),
  locale: z.string().default("en"),
  footer_note: text,
})

const buyer = z.object({
  name: z.string(),
  email: text,
  phone: text,
  tax_number: text,
  address,
  delivery: z.object({ address, delivered_on: text }).nullish(),
})

type Kept = z.output<typeof address>
type KeptParty = Pick<z.output<typeof buyer>, "name" | "email" | "phone" | "tax_number" | "address">

/** The seller's side of a document. */
export interface SellerSide {
  readonly seller: DocumentParty
  readonly bank_accounts: readonly BankAccount[]
  readonly locale: string
  readonly notes: readonly string[]
}

/** The buyer's side of a document. */
export interface BuyerSide {
  readonly buyer: DocumentParty
  readonly delivery: Delivery | null
}

export function sellerSide(snapshot: Party): SellerSide {
  const kept = seller.parse(snapshot)
  return {
    seller: party(kept, kept.registration_number),
    bank_accounts: kept.bank_account ? [{ ...kept.bank_account, bank_name: null }] : [],
    locale: kept.locale,
    notes: kept.footer_note ? [kept.footer_note] : [],
  }
}

export function buyerSide(snapshot: Party): BuyerSide {
  const kept = buyer.parse(snapshot)
  return {
    buyer: party(kept, null),
    delivery: kept.delivery
      ? { ...deliveryPlace(kept.delivery.address, kept.name), delivered_on: kept.delivery.delivered_on }
      : null,
  }
}

/** @param otherwise whose place it is where the address names nobody */
export function placeOf(given: unknown, otherwise: string): DeliveryPlace {
  return deliveryPlace(address.parse(given), otherwise)
}

function party({ name, email, phone, tax_number, address: at }: KeptParty, registration_number: string | null): DocumentParty {
  const company = at?.company ?? null
  return {
    name,
    trading_name: company === name ? null : company,
    tax_number,
    registration_number,
    contact_name: personOf(at),
    email,
    phone,
    electronic_address: null,
    address: documentAddress(at, [at?.address_1, at?.address_2]),
  }
}

function deliveryPlace(at: Kept, otherwise: string): DeliveryPlace {
  const names = [at?.name, at?.company, personOf(at)].filter((name): name is string => Boolean(name))
  const [name = otherwise, ...others] = names
  return { name, address: documentAddress(at, [...others, at?.address_1, at?.address_2]) }
}

function documentAddress(at: Kept, lines: readonly (string | null | undefined)[]): DocumentAddress {
  return {
    lines: lines.filter((line): line is string => Boolean(line)),
    city: at?.city ?? null,
    postal_code: at?.postal_code ?? null,
    subdivision: at?.province ?? null,
    country_code: at?.country_code ?? null,
  }
}

const personOf = (at: Kept): string | null => [at?.first_name, at?.last_name].filter(Boolean).join(" ") || null
