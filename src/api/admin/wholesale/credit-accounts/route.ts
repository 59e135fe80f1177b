import { WHOLESALE_CREDIT } from "../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../modules/wholesale-credit/service"
import { listCreditAccounts } from "../../../../schemas/credit"
import { adminRead } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { page } from "../../../route-kit/list-options"
import { ok } from "../../../route-kit/route-answer"
import { creditView } from "../../../views/credit"

export const GET = adminRead({
  flags: SALES,
  query: listCreditAccounts,
  handler: async ({ container, store, query }) => {
    const { limit, offset } = query
    const { credit_accounts, count } = await container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .listCreditAccounts({ store_id: store.id }, { limit, offset })
    return ok(page("credit_accounts", credit_accounts.map(creditView), count, query))
  },
})
