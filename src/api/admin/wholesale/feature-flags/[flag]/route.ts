import { WHOLESALE_STORE } from "../../../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../../../modules/wholesale-store/service"
import { setFeatureFlag } from "../../../../../schemas/stores"
import { platformWrite } from "../../../../route-kit/admin-route"
import { ok } from "../../../../route-kit/route-answer"

/** Of the platform level for all stores, by a platform admin; of the store level for one's store. */
export const POST = platformWrite({
  body: setFeatureFlag,
  handler: async ({ container, store, actor, params, body }) => {
    const { changed: _, ...feature_flag } = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .setFlag({ flag: params.flag, store_id: store?.id, enabled: body.enabled, actor })
    return ok({ feature_flag })
  },
})
