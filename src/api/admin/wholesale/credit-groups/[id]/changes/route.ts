import { WHOLESALE_CREDIT } from "../../../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../../../modules/wholesale-credit/service"
import { listCreditChanges } from "../../../../../../schemas/credit"
import { adminRead } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { page } from "../../../../../route-kit/list-options"
import { ok } from "../../../../../route-kit/route-answer"

/** The audit of the group's name and rules, newest change first. */
export const GET = adminRead({
  flags: SALES,
  query: listCreditChanges,
  handler: async ({ container, store, params, query }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    const of = { store_id: store.id, group_id: params.id }
    const [changes, count] = await Promise.all([
      credit.listGroupChanges(of, query),
      credit.countGroupChanges(of),
    ])
    return ok(page("changes", changes, count, query))
  },
})
