import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"

import type { Actor } from "../../lib/actor/actor"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { ensureDefaultStore } from "../../workflows/store/ensure-default-store"
import { resolvePlatformAdmins } from "../../workflows/store/resolve-platform-admins"

export type StoreRow = Awaited<ReturnType<WholesaleStoreModuleService["storesOf"]>>[number]

/** Who asks, and for which store. `storeError` says why there is none. */
export interface AdminSession {
  readonly actor: Actor
  readonly is_platform_admin: boolean
  readonly stores: readonly StoreRow[]
  readonly store: StoreRow | undefined
  readonly storeError: WholesaleError | undefined
}

export const STORE_HEADER = "x-wholesale-store-id"

/**
 * Resolves the actor, the stores it acts for and the one it means. A store it does not act for
 * answers as one that does not exist.
 */
export async function resolveAdminSession(req: AuthenticatedMedusaRequest): Promise<AdminSession> {
  const { actor_id, actor_type } = req.auth_context
  const actor: Actor = {
    actor_type: actor_type === "api-key" ? "api-key" : "user",
    actor_id,
  }
  const service = req.scope.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  await ensureDefaultStore(req.scope)
  await resolvePlatformAdmins(req.scope)

  const [stores, is_platform_admin] = await Promise.all([
    service.storesOf(actor),
    actor.actor_type === "user" ? service.isPlatformAdmin(actor_id) : false,
  ])
  const asked = req.headers[STORE_HEADER]
  const askedId = Array.isArray(asked) ? asked[0] : asked
  return { actor, is_platform_admin, stores, ...chooseStore(stores, askedId) }
}

function chooseStore(
  stores: readonly StoreRow[],
  askedId: string | undefined
): Pick<AdminSession, "store" | "storeError"> {
  if (askedId === undefined && stores.length === 1) {
    return { store: stores[0], storeError: undefined }
  }
  const store = stores.find(({ id }) => id === askedId)
  if (store) {
    return { store, storeError: undefined }
  }
  const message =
    askedId === undefined && stores.length > 1
      ? `You act for ${stores.length} stores: name one in the header ${STORE_HEADER}.`
      : askedId === undefined
        ? "You act for no wholesale store. A member of a store, or a platform admin, can add you."
        : `Store ${askedId} was not found among those you act for.`
  return {
    store: undefined,
    storeError: new WholesaleError(404, "store_not_found", message, {
      header: STORE_HEADER,
      stores: stores.map(({ id, name }) => ({ id, name })),
    }),
  }
}
