import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"

import type { Actor } from "../../lib/actor/actor"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import type { Account, Employee } from "../../modules/wholesale-account/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import type { StoreRow } from "./admin-session"

/** For whom a customer buys. */
export interface Buyer {
  readonly account: Account
  readonly employee: Employee
}

/** @throws WholesaleError 401 `unauthorized` */
export function customerOf(req: AuthenticatedMedusaRequest): Actor {
  // Core lets the anonymous into /store: they have no context at all.
  const context: AuthenticatedMedusaRequest["auth_context"] | undefined = req.auth_context
  if (context?.actor_type !== "customer" || !context.actor_id) {
    throw new WholesaleError(401, "unauthorized", "Log in as a customer to buy wholesale.")
  }
  return { actor_type: "customer", actor_id: context.actor_id }
}

/**
 * The store that sells through one of the publishable key's sales channels.
 * @throws WholesaleError 404 `store_not_found`
 */
export async function storeOfKey(req: AuthenticatedMedusaRequest): Promise<StoreRow> {
  const channels = req.publishable_key_context?.sales_channel_ids ?? []
  const [store] = channels.length
    ? await req.scope
        .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
        .listWholesaleStores(
          { sales_channel_id: channels },
          { take: 1, order: { created_at: "ASC", id: "ASC" } }
        )
    : []
  if (!store) {
    throw new WholesaleError(
      404,
      "store_not_found",
      "No wholesale store sells through the sales channels of this publishable key."
    )
  }
  return store
}

/**
 * The account that the customer buys for.
 * @throws WholesaleError 403 `not_an_employee` for who is none, is disabled, or whose account is closed
 */
export async function buyerOf(
  req: AuthenticatedMedusaRequest,
  store: Pick<StoreRow, "id" | "name">,
  customerId: string
): Promise<Buyer> {
  const buyer = await req.scope
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .employeeOf(store.id, customerId)
  if (!buyer || buyer.account.status !== "active") {
    throw new WholesaleError(
      403,
      "not_an_employee",
      `You buy for no wholesale account of ${store.name}. Ask ${store.name} to add you to one.`
    )
  }
  return buyer
}
