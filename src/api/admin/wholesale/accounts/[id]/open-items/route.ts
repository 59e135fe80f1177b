import { WHOLESALE_ACCOUNT } from "../../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../../../modules/wholesale-invoice/service"
import { listOfAccount } from "../../../../../../schemas/invoices"
import { adminRead } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { page } from "../../../../../route-kit/list-options"
import { ok } from "../../../../../route-kit/route-answer"
import { amountNumber } from "../../../../../views/amounts"
import { openItemView } from "../../../../../views/invoice"

/** What a payment of the account can settle: open invoices with their late charges, what is due first at the top. */
export const GET = adminRead({
  flags: SALES,
  query: listOfAccount,
  handler: async ({ container, store, params, query }) => {
    const { id: account_id, currency_code } = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .accountOf(store.id, params.id)
    const { items, count, open_total } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .openItems({ store_id: store.id, account_id, currency_code }, query)
    return ok({
      ...page("open_items", items.map(openItemView), count, query),
      open_total: amountNumber(open_total),
    })
  },
})
