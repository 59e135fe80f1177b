import { WHOLESALE_CREDIT } from "../../../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../../../modules/wholesale-credit/service"
import { listCreditEntries } from "../../../../../../schemas/credit"
import { adminRead } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { page } from "../../../../../route-kit/list-options"
import { ok } from "../../../../../route-kit/route-answer"
import { creditEntryView } from "../../../../../views/credit"

/** The account's ledger, newest entry first. */
export const GET = adminRead({
  flags: SALES,
  query: listCreditEntries,
  handler: async ({ container, store, params, query }) => {
    const { limit, offset } = query
    const { entries, count } = await container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .listEntries({ store_id: store.id, account_id: params.account_id }, { limit, offset })
    return ok(page("entries", entries.map(creditEntryView), count, query))
  },
})
