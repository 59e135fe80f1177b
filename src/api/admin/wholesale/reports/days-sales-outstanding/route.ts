import { WHOLESALE_INVOICE } from "../../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../../modules/wholesale-invoice/service"
import { daysSalesOutstanding } from "../../../../../schemas/reports"
import { adminRead } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { daysSalesOutstandingView } from "../../../../views/reports"

/** How many days' sales are not paid, in each currency. */
export const GET = adminRead({
  flags: SALES,
  query: daysSalesOutstanding,
  handler: async ({ container, store, query }) => {
    const currencies = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .daysSalesOutstanding({ store_id: store.id, ...query })
    return ok({ currencies: currencies.map(daysSalesOutstandingView), count: currencies.length })
  },
})
