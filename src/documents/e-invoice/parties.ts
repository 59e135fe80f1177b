import type { DocumentAddress, DocumentParty } from "../model/party"
import { isCountry, isVatId } from "./code-lists"
import type { Problems } from "./problems"
import type { SemanticAddress, SemanticParty } from "./semantic-invoice"
import { known } from "../language/known"

export type Side = "seller" | "buyer"

/** Names and terms of the norm for the two sides. */
const RULES = {
  seller: { name: "BR-06, BT-27", country: "BR-09, BT-40" },
  buyer: { name: "BR-07, BT-44", country: "BR-11, BT-55" },
} as const

/**
 * A party in the norm's terms.
 *
 * @param outOfScope the whole document is outside the scope of tax: no VAT number may stand in it (BR-O-02)
 */
export function semanticParty(side: Side, party: DocumentParty, outOfScope: boolean, problems: Problems): SemanticParty {
  const name = known(party.name)
  if (!name) {
    problems.add(`${side}.name`, RULES[side].name, "is missing")
  }
  const number = known(party.tax_number)?.replace(/\s/g, "").toUpperCase() ?? null
  const vatId = number && isVatId(number) && !outOfScope ? number : null
  const otherNumber = vatId ? null : known(party.tax_number)
  const trading = known(party.trading_name)
  const email = known(party.email)
  const contact = { name: known(party.contact_name), phone: known(party.phone), email }
  return {
    name: name ?? "",
    trading_name: trading === name ? null : trading,
    identifier: side === "buyer" ? otherNumber : null,
    registration: known(party.registration_number),
    vat_id: vatId,
    tax_registration: side === "seller" ? otherNumber : null,
    electronic_address: party.electronic_address ?? (email ? { scheme: "EM", value: email } : null),
    address: semanticAddress(`${side}.address`, party.address, RULES[side].country, problems),
    contact: Object.values(contact).some(Boolean) ? contact : null,
  }
}

/** An address in the norm's terms; it has three lines at most, so that what is beyond them joins the third. */
export function semanticAddress(
  field: string,
  { lines, city, postal_code, subdivision, country_code }: DocumentAddress,
  rule: string,
  problems: Problems
): SemanticAddress {
  const country = known(country_code)?.toUpperCase()
  if (!country) {
    problems.add(`${field}.country_code`, rule, "is missing")
  } else if (!isCountry(country)) {
    problems.add(`${field}.country_code`, "BR-CL-14", `is "${country}", which is no country of ISO 3166-1`)
  }
  const [first, second, ...others] = lines.flatMap((line) => known(line) ?? [])
  return {
    lines: [first, second, others.join(", ")].filter(Boolean),
    city: known(city),
    postal_code: known(postal_code),
    subdivision: known(subdivision),
    country: country ?? "",
  }
}
