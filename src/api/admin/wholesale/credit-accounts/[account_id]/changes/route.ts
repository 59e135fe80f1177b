import { WHOLESALE_CREDIT } from "../../../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../../../modules/wholesale-credit/service"
import { listCreditChanges } from "../../../../../../schemas/credit"
import { adminRead } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { page } from "../../../../../route-kit/list-options"
import { ok } from "../../../../../route-kit/route-answer"

/** The audit of the account's credit rules, newest change first. */
export const GET = adminRead({
  flags: SALES,
  query: listCreditChanges,
  handler: async ({ container, store, params, query }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    const of = { store_id: store.id, account_id: params.account_id }
    const [changes, count] = await Promise.all([credit.listChanges(of, query), credit.countChanges(of)])
    return ok(page("changes", changes, count, query))
  },
})
