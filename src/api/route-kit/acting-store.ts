import { notFound } from "../../lib/errors/wholesale-error"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { AdminSession, StoreRow } from "./admin-session"

/**
 * The store that a path names, for those who act for it and for platform admins.
 * @throws WholesaleError 404 for everybody else's store as for a missing one
 */
export async function storeOfPath(
  container: MedusaContainer,
  { stores, is_platform_admin }: Pick<AdminSession, "stores" | "is_platform_admin">,
  id: string
): Promise<StoreRow> {
  const own = stores.find((store) => store.id === id)
  if (own) {
    return own
  }
  const [store] = is_platform_admin
    ? await container
        .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
        .listWholesaleStores({ id }, { take: 1 })
    : []
  if (!store) {
    throw notFound("Store", id)
  }
  return store
}
