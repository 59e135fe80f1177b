import { WHOLESALE_INVOICE } from "../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../modules/wholesale-invoice/service"
import { listBills } from "../../../../schemas/purchase-orders"
import { adminRead } from "../../../route-kit/admin-route"
import { PURCHASING } from "../../../route-kit/flag-gate"
import { page } from "../../../route-kit/list-options"
import { ok } from "../../../route-kit/route-answer"
import { billRow } from "../../../views/bill"

/** What suppliers have invoiced. */
export const GET = adminRead({
  flags: PURCHASING,
  query: listBills,
  handler: async ({ container, store, query }) => {
    const { status, connection_id, purchase_order_id, overdue, q, limit, offset, order } = query
    const { bills, count } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .listBills(
        { store_id: store.id, status, connection_id, purchase_order_id, overdue, q },
        { limit, offset, order }
      )
    return ok(page("bills", bills.map(billRow), count, query))
  },
})
