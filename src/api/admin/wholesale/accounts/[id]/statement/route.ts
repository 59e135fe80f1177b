import { WHOLESALE_ACCOUNT } from "../../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../../../modules/wholesale-invoice/service"
import { statement } from "../../../../../../schemas/reports"
import { adminRead } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { statementView } from "../../../../../views/reports"

/** Every document of the account in a period, with the balance after each. */
export const GET = adminRead({
  flags: SALES,
  query: statement,
  handler: async ({ container, store, params, query }) => {
    const { id: account_id, currency_code } = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .accountOf(store.id, params.id)
    const told = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .statement({ store_id: store.id, account_id, currency_code, ...query })
    return ok({ statement: statementView(told) })
  },
})
