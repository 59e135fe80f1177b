import { WHOLESALE_ACCOUNT } from "../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../modules/wholesale-account/service"
import { updateAccount } from "../../../../../schemas/accounts"
import { adminRead, adminWrite } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { accountDetail } from "../../../../views/account"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params }) =>
    ok({ account: await accountDetail(container, store.id, params.id) }),
})

export const POST = adminWrite({
  flags: SALES,
  body: updateAccount,
  handler: async ({ container, store, params, body }) => {
    await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .updateAccount({ store_id: store.id, account_id: params.id }, body)
    return ok({ account: await accountDetail(container, store.id, params.id) })
  },
})
