import type { Store } from "../modules/wholesale-store/service"

/** What a store tells its partners of itself. */
export function storeProfile(store: Store) {
  const { name, mode, currency_code, email, phone, tax_number, address } = store
  return { name, mode, currency_code, email, phone, tax_number, address }
}
