import { notFound, WholesaleError } from "../../lib/errors/wholesale-error"
import type { DraftTerms } from "../../modules/wholesale-purchase/persistence/drafts"
import type { Store } from "../../modules/wholesale-store/service"
import type { FulfilmentMethod } from "../../lib/fulfilment/methods"
import type { Address } from "../../schemas/common"

/** The terms of a purchase order as its writer states them. */
export interface TermsInput {
  readonly fulfilment_method: FulfilmentMethod
  readonly ship_to?: Address
  readonly location_id?: string
  readonly note?: string
  readonly pickup?: { readonly place?: string; readonly at?: string }
}

const BROUGHT: readonly FulfilmentMethod[] = ["shipping", "local_delivery"]

/**
 * The terms of a new draft: what is not said is the store's own address and its first stock location.
 *
 * @throws WholesaleError 404 for a stock location that is not the store's, 400 `ship_to_missing`
 */
export function newTerms(store: Store, input: TermsInput): DraftTerms {
  const ship_to = input.ship_to ?? store.address ?? {}
  assertReachable(input.fulfilment_method, ship_to)
  return {
    fulfilment_method: input.fulfilment_method,
    ship_to: { ...ship_to },
    location_id: ownLocation(store, input.location_id) ?? store.stock_location_ids[0] ?? null,
    note: input.note,
    pickup_place: input.pickup?.place,
    pickup_at: input.pickup?.at,
  }
}

/**
 * The terms that a change names; a pickup appointment is replaced whole.
 *
 * @throws WholesaleError as `newTerms`
 */
export function changedTerms(
  store: Store,
  standing: { readonly fulfilment_method: FulfilmentMethod; readonly ship_to: object },
  input: Partial<TermsInput>
): Partial<DraftTerms> {
  const { fulfilment_method, note, pickup } = input
  const method = fulfilment_method ?? standing.fulfilment_method
  const ship_to = input.ship_to ?? (hasCountry(standing.ship_to) ? undefined : (store.address ?? undefined))
  assertReachable(method, ship_to ?? standing.ship_to)
  return {
    fulfilment_method,
    ship_to: ship_to && { ...ship_to },
    location_id: ownLocation(store, input.location_id),
    note,
    ...(pickup && { pickup_place: pickup.place ?? null, pickup_at: pickup.at ?? null }),
  }
}

/** @throws WholesaleError 404 for a stock location that is not the store's */
export function ownLocation(store: Store, locationId: string | undefined): string | undefined {
  if (locationId !== undefined && !store.stock_location_ids.includes(locationId)) {
    throw notFound("Stock location", locationId)
  }
  return locationId
}

/** Goods that are brought need to know where to; tax follows from the country. */
function assertReachable(method: FulfilmentMethod, shipTo: object): void {
  if (BROUGHT.includes(method) && !hasCountry(shipTo)) {
    throw new WholesaleError(
      400,
      "ship_to_missing",
      "Say where the goods are to be brought: give the purchase order a ship_to, or the store its address in Settings.",
      { fulfilment_method: method }
    )
  }
}

function hasCountry(address: { readonly country_code?: string }): boolean {
  return Boolean(address.country_code)
}
