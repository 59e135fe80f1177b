import type { Store } from "../modules/wholesale-store/service"
import type { DocumentAddress } from "./documents/parts"
import type { ProfileBody } from "./documents/profile"

/** What a store tells its partners of itself. */
export function storeProfile(store: Store): ProfileBody {
  const { name, mode, currency_code, email, phone, tax_number, address } = store
  return {
    version: 1,
    name,
    mode,
    currency_code,
    email,
    phone,
    tax_number,
    address: documentAddress(address),
  }
}

/** An address as documents carry it; one without a country is none. */
export function documentAddress(
  address: object | null | undefined
): (DocumentAddress & { country_code: string }) | null {
  const given = (address ?? {}) as Partial<DocumentAddress>
  return given.country_code ? { ...given, country_code: given.country_code.toLowerCase() } : null
}
