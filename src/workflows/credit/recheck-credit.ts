import type { MedusaContainer } from "@medusajs/framework/types"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { pastDueByAccount } from "./past-due"
import { showHolds } from "./show-holds"

/**
 * Looks anew at the orders that wait for credit on an account, or on one that shares its group's limit,
 * and releases those that nothing holds any more. For after whatever may make room; the reconcile job does
 * the same for all accounts.
 *
 * @returns the orders that were released
 */
export async function recheckCredit(
  container: MedusaContainer,
  { store_id, account_id, actor }: { readonly store_id: string; readonly account_id: string; readonly actor: Actor }
): Promise<string[]> {
  const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
  const accounts = await credit.accountsToRecheck({ store_id, account_id })
  if (accounts.length === 0) {
    return []
  }
  const past_due = await pastDueByAccount(container, store_id, accounts)
  const { released, waiting } = await credit.recheck({ store_id, account_id, past_due, actor })
  const releasedIds = released.map(({ order_id }) => order_id)
  await showHolds(container, {
    store_id,
    order_ids: [...releasedIds, ...waiting.map(({ order_id }) => order_id)],
    actor,
  })
  return releasedIds
}
