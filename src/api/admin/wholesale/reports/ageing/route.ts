import { WHOLESALE_INVOICE } from "../../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../../modules/wholesale-invoice/service"
import { ageing } from "../../../../../schemas/reports"
import { adminRead } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { withAccounts } from "../../../../views/order"
import { ageingView } from "../../../../views/reports"

/** What each account owes by age, as it was at the end of a day. */
export const GET = adminRead({
  flags: SALES,
  query: ageing,
  handler: async ({ container, store, query: { account_id, as_of: day } }) => {
    const { as_of, accounts } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .ageing({ store_id: store.id, as_of: day, account_ids: account_id ? [account_id] : undefined })
    const rows = await withAccounts(container, store.id, accounts.map(ageingView))
    return ok({ as_of, accounts: rows, count: rows.length })
  },
})
