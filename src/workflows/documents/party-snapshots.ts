import type { Account } from "../../modules/wholesale-account/service"
import type { Party } from "../../modules/wholesale-invoice/persistence/rows"
import { WHOLE_ORDER } from "../../modules/wholesale-order/domain/invoice-due"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"
import type { Store } from "../../modules/wholesale-store/service"
import { canonicalJson } from "../../lib/hash/content-hash"
import { calendarDay } from "../../lib/calendar/days"
import { isCollected } from "../../lib/fulfilment/methods"
import { storeProfile } from "../../trade/store-profile"

/** What documents print of the store that sells, as it is now. */
export function sellerSnapshot(store: Store): Party {
  const { version: _, ...profile } = storeProfile(store)
  const { registration_number, bank_account, locale, footer_note } = store
  return { ...profile, registration_number, bank_account, locale, footer_note }
}

/** What documents print of the account that buys, as it is now. */
export function buyerSnapshot(
  { company_name, email, phone, tax_number }: Account,
  address: OrderDocument["bill_to"]
): Party {
  return { name: company_name, email, phone, tax_number, address }
}

type DeliverySnapshot = {
  readonly address: OrderDocument["ship_to"]
  readonly delivered_on: string | null
}

/** Where the goods of a part of an order went, and the day they did; nowhere where the buyer fetches them. */
export function deliverySnapshot(order: OrderDocument, part: number): DeliverySnapshot | null {
  if (isCollected(order.fulfilment_method)) {
    return null
  }
  const shipments = order.shipments.filter(({ sequence }) => part === WHOLE_ORDER || sequence === part)
  const days = shipments.map(({ shipped_at, delivered_at }) => calendarDay(new Date(delivered_at ?? shipped_at)))
  return { address: order.ship_to, delivered_on: days.sort().at(-1) ?? null }
}

/**
 * Where the goods of an invoice went, and the day on which the last of them did; no one place where they
 * went to several.
 */
export function deliveriesSnapshot(
  parts: readonly { readonly order: OrderDocument; readonly part: number }[]
): Party | null {
  const deliveries = parts.flatMap(({ order, part }) => deliverySnapshot(order, part) ?? [])
  const [first, ...others] = deliveries
  if (!first || deliveries.length < parts.length) {
    return null
  }
  const days = deliveries.flatMap(({ delivered_on }) => delivered_on ?? [])
  return others.every(({ address }) => canonicalJson(address) === canonicalJson(first.address))
    ? { address: first.address, delivered_on: days.sort().at(-1) ?? null }
    : null
}
