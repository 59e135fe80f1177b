import { WHOLESALE_ACCOUNT } from "../../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../../modules/wholesale-account/service"
import { listAccountChanges } from "../../../../../../schemas/accounts"
import { adminRead } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { page } from "../../../../../route-kit/list-options"
import { ok } from "../../../../../route-kit/route-answer"

/** The audit of the account's terms, price tier and details, newest change first. */
export const GET = adminRead({
  flags: SALES,
  query: listAccountChanges,
  handler: async ({ container, store, params, query }) => {
    const accounts = container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    await accounts.accountOf(store.id, params.id)
    const of = { store_id: store.id, account_id: params.id }
    const [changes, [, count]] = await Promise.all([
      accounts.accountChanges({ ...of, limit: query.limit, offset: query.offset }),
      accounts.listAndCountWholesaleAccountChanges(of, { take: 1, select: ["id"] }),
    ])
    return ok(page("changes", changes, count, query))
  },
})
