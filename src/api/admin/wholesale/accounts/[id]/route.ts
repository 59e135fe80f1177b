import { WHOLESALE_ACCOUNT } from "../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../modules/wholesale-account/service"
import { updateAccount } from "../../../../../schemas/accounts"
import { assertCustomer } from "../../../../../workflows/account/assert-customer"
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
    const accounts = container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    await accounts.accountOf(store.id, params.id)
    await assertCustomer(container, body.customer_id)
    await accounts.updateAccount({ store_id: store.id, account_id: params.id }, body)
    return ok({ account: await accountDetail(container, store.id, params.id) })
  },
})
