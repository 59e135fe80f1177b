import { WHOLESALE_ACCOUNT } from "../../../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../../../modules/wholesale-account/service"
import { adminWrite } from "../../../../../../route-kit/admin-route"
import { SALES } from "../../../../../../route-kit/flag-gate"
import { ok } from "../../../../../../route-kit/route-answer"

/** Ends what the employee may do; who ordered what stays known. */
export const DELETE = adminWrite({
  flags: SALES,
  handler: async ({ container, store, params }) => {
    const employee = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .disableEmployee({
        store_id: store.id,
        account_id: params.id,
        employee_id: params.employee_id,
      })
    return ok({ employee })
  },
})
