import type { ICustomerModuleService } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { ownedRow } from "../../../../../../lib/errors/owned-row"
import { WHOLESALE_ACCOUNT } from "../../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../../modules/wholesale-account/service"
import { addEmployee } from "../../../../../../schemas/accounts"
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
    const customers = await container
      .resolve<ICustomerModuleService>(Modules.CUSTOMER)
      .listCustomers({ id: body.customer_id }, { take: 1, select: ["id"] })
    ownedRow(customers, "Customer", body.customer_id)
    const employee = await accounts.addEmployee({
      ...body,
      store_id: store.id,
      account_id: params.id,
    })
    return created({ employee })
  },
})
