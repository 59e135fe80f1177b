import type { MedusaContainer } from "@medusajs/framework/types"

import { calendarDay } from "../../lib/calendar/days"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import { isCollected } from "../../lib/fulfilment/methods"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import type { CreateDraftInput } from "../../modules/wholesale-order/persistence/drafts"
import type { OrderAddress } from "../../modules/wholesale-order/persistence/rows"
import type { Store } from "../../modules/wholesale-store/service"
import { timeOf } from "./order-verb"
import type { PlaceOrderInput } from "./place-order"
import { orderCharges } from "./order-charges"
import { priceOrderLines } from "./price-order-lines"
import { taxAddress } from "./tax-address"

/**
 * Everything an order is drafted from: the account, where goods and invoice go, priced and taxed lines and
 * charges.
 *
 * @throws WholesaleError 404 for an account or location of another store; 409 `account_closed`,
 * `ship_to_missing`; 400 `pickup_not_applicable`; and as `priceOrderLines` and `orderCharges`
 */
export async function prepareDraft(
  container: MedusaContainer,
  store: Pick<Store, "id" | "address">,
  input: PlaceOrderInput
): Promise<CreateDraftInput> {
  const { account_id, fulfilment_method, pickup } = input
  const store_id = store.id
  const accounts = container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
  const { account, ...addresses } = await accounts.orderingAccount({
    store_id,
    account_id,
    location_id: input.location_id,
  })
  const fetched = isCollected(fulfilment_method)
  const chosen: OrderAddress | null = input.location_id
    ? addresses.ship_to && { ...addresses.ship_to }
    : (input.ship_to ?? (addresses.ship_to && { ...addresses.ship_to }))
  // Goods that the buyer fetches change hands, and are taxed, where the store is.
  const ship_to = fetched ? (storeAddress(store.address) ?? chosen) : chosen
  if (!ship_to?.country_code) {
    throw shipToMissing(account.company_name, fetched)
  }
  if (!fetched && pickup) {
    throw new WholesaleError(
      400,
      "pickup_not_applicable",
      `An order by ${fulfilment_method} is not picked up: leave pickup out, or choose pickup as the method.`,
      { fulfilment_method }
    )
  }
  const exemption = await accounts.taxExemptionFor({
    store_id,
    account_id,
    location_id: input.ship_to && !input.location_id ? null : addresses.location_id,
    day: calendarDay(timeOf(input.at) ?? new Date()),
  })
  const taxed_at = taxAddress(ship_to, ship_to.country_code)
  const lines = await priceOrderLines(container, {
    store_id,
    currency_code: account.currency_code,
    ship_to: taxed_at,
    lines: input.lines,
    by_distributor: input.source === "manual",
    exemption,
  })
  const charges = await orderCharges(container, {
    account,
    fulfilment_method,
    lines,
    asked: input.charges,
    ship_to: taxed_at,
    exemption,
  })
  return {
    id: input.order_id,
    store_id,
    account_id,
    connection_id: input.connection_id ?? null,
    source: input.source,
    purchase_order_id: input.purchase_order?.id ?? null,
    purchase_order_number: input.purchase_order?.number ?? null,
    fulfilment_method,
    currency_code: account.currency_code,
    ship_to,
    bill_to: addresses.bill_to ? { ...addresses.bill_to } : ship_to,
    note: input.note ?? null,
    pickup_place: pickup?.place ?? null,
    pickup_at: pickup?.at ? new Date(pickup.at) : null,
    terms: account.terms,
    tax_exemption: exemption ?? null,
    lines,
    charges,
    actor: input.actor,
  }
}

function storeAddress(address: object | null): OrderAddress | null {
  const given = address as OrderAddress | null
  return given?.country_code ? { ...given } : null
}

function shipToMissing(company: string, fetched: boolean): WholesaleError {
  return fetched
    ? new WholesaleError(
        409,
        "ship_to_missing",
        "The store has no address with a country, where goods could be picked up. Add one under Settings."
      )
    : new WholesaleError(
        409,
        "ship_to_missing",
        `There is no address to ship to: give ship_to, or add a location to account ${company}.`
      )
}
