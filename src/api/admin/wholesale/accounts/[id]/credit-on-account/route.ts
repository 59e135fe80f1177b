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

/** Payments and credit notes of the account of which something lies on no invoice, the oldest first. */
export const GET = adminRead({
  flags: SALES,
  query: listOfAccount,
  handler: async ({ container, store, params, query }) => {
    const { id: account_id } = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .accountOf(store.id, params.id)
    const { credits, count, totals } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .creditOnAccount({ store_id: store.id, account_id }, query)
    const rows = credits.map((credit) => ({
      ...credit,
      amount: amountNumber(credit.amount),
      unapplied: amountNumber(credit.unapplied),
    }))
    return ok({
      ...page("credits", rows, count, query),
      totals: totals.map((total) => ({ ...total, unapplied: amountNumber(total.unapplied) })),
    })
  },
})
