import { WHOLESALE_INVOICE } from "../../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../../modules/wholesale-invoice/service"
import { listReceivableChanges } from "../../../../../schemas/invoices"
import { adminRead } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { page } from "../../../../route-kit/list-options"
import { ok } from "../../../../route-kit/route-answer"

/** The audit of the store's settings and dunning levels, or of an account's settings, newest change first. */
export const GET = adminRead({
  flags: SALES,
  query: listReceivableChanges,
  handler: async ({ container, store, query }) => {
    const { account_id = null, order, limit, offset } = query
    const { changes, count } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .listReceivableChanges({ store_id: store.id, account_id }, { order, limit, offset })
    return ok(page("changes", changes, count, query))
  },
})
