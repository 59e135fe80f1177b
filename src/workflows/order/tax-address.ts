import type { OrderAddress } from "../../modules/wholesale-order/persistence/rows"

/** What of an order's address decides about its tax. */
export function taxAddress(address: OrderAddress, country_code: string) {
  return {
    country_code,
    province: address.province ?? undefined,
    postal_code: address.postal_code ?? undefined,
    city: address.city ?? undefined,
    address_1: address.address_1 ?? undefined,
  }
}
