import { WHOLESALE_CREDIT } from "../../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../../modules/wholesale-credit/service"
import { setCreditLimit } from "../../../../../schemas/accounts"
import { adminRead, adminWrite } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { creditView } from "../../../../views/credit"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    const account = { store_id: store.id, account_id: params.account_id }
    return ok({ credit_account: creditView(await credit.exposure(account)) })
  },
})

export const POST = adminWrite({
  flags: SALES,
  body: setCreditLimit,
  handler: async ({ container, store, actor, params, body }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    const account = { store_id: store.id, account_id: params.account_id }
    await credit.setLimit({ ...account, limit: body.credit_limit, actor })
    return ok({ credit_account: creditView(await credit.exposure(account)) })
  },
})
