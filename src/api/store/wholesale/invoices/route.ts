import { WHOLESALE_INVOICE } from "../../../../modules/wholesale-invoice"
import { statusesBehind } from "../../../../modules/wholesale-invoice/domain/buyers-view"
import type WholesaleInvoiceModuleService from "../../../../modules/wholesale-invoice/service"
import { listPortalInvoices } from "../../../../schemas/invoices"
import { page } from "../../../route-kit/list-options"
import { ok } from "../../../route-kit/route-answer"
import { storeRead } from "../../../route-kit/store-route"
import { portalInvoice } from "../../../views/portal"

export const GET = storeRead({
  query: listPortalInvoices,
  handler: async ({ container, store, account, query }) => {
    const { status, order_id, overdue, q, order, limit, offset } = query
    const { invoices, count } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .listInvoices(
        { store_id: store.id, account_id: account.id, status: status && statusesBehind(status), order_id, overdue, q },
        { order, limit, offset }
      )
    return ok(page("invoices", invoices.map(portalInvoice), count, query))
  },
})
