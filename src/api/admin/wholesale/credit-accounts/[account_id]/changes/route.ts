import { WHOLESALE_CREDIT } from "../../../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../../../modules/wholesale-credit/service"
import { adminRead } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"

/** The audit of the account's credit rules, newest change first. */
export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params }) =>
    ok({
      changes: await container
        .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
        .listChanges({ store_id: store.id, account_id: params.account_id }),
    }),
})
