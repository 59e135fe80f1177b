import { WHOLESALE_STORE } from "../../../../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../../../../modules/wholesale-store/service"
import { storeOfPath } from "../../../../../route-kit/acting-store"
import { platformRead } from "../../../../../route-kit/admin-route"
import { ok } from "../../../../../route-kit/route-answer"

/** The audit of the terms and credit rules that accounts begin with, newest change first. */
export const GET = platformRead({
  handler: async ({ container, params, ...session }) => {
    const { id } = await storeOfPath(container, session, params.id)
    return ok({
      changes: await container
        .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
        .defaultChanges({ store_id: id }),
    })
  },
})
