import { WHOLESALE_ACCOUNT } from "../../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../../modules/wholesale-account/service"
import { addEmployee } from "../../../../../../schemas/accounts"
import { assertCustomer } from "../../../../../../workflows/account/assert-customer"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { created } from "../../../../../route-kit/route-answer"

/** Lets a customer of the shop buy for the account. */
export const POST = adminWrite({
  flags: SALES,
  body: addEmployee,
  handler: async ({ container, store, params, body }) => {
    const accounts = container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    await accounts.accountOf(store.id, params.id)
    await assertCustomer(container, body.customer_id)
    const employee = await accounts.addEmployee({
      ...body,
      store_id: store.id,
      account_id: params.id,
    })
    return created({ employee })
  },
})
