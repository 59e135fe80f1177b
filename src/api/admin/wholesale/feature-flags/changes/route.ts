import { WHOLESALE_STORE } from "../../../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../../../modules/wholesale-store/service"
import { listFlagChanges } from "../../../../../schemas/stores"
import { adminRead } from "../../../../route-kit/admin-route"
import { page } from "../../../../route-kit/list-options"
import { ok } from "../../../../route-kit/route-answer"

export const GET = adminRead({
  query: listFlagChanges,
  handler: async ({ container, store, query }) => {
    const { flag, limit, offset } = query
    const [changes, count] = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .listFlagChanges({ store_id: store.id, flag, limit, offset })
    return ok(page("changes", changes, count, query))
  },
})
