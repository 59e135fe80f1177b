import { WHOLESALE_INVOICE } from "../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../modules/wholesale-invoice/service"
import { listInvoices } from "../../../../schemas/invoices"
import { adminRead } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { page } from "../../../route-kit/list-options"
import { ok } from "../../../route-kit/route-answer"
import { listedInvoiceView } from "../../../views/invoice"
import { withAccounts } from "../../../views/order"

export const GET = adminRead({
  flags: SALES,
  query: listInvoices,
  handler: async ({ container, store, query }) => {
    const { status, account_id, order_id, overdue, q, order, limit, offset } = query
    const { invoices, count } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .listInvoices(
        { store_id: store.id, status, account_id, order_id, overdue, q },
        { order, limit, offset }
      )
    const rows = await withAccounts(container, store.id, invoices.map(listedInvoiceView))
    return ok(page("invoices", rows, count, query))
  },
})
