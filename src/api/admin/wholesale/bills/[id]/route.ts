import { WHOLESALE_INVOICE } from "../../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../../modules/wholesale-invoice/service"
import { adminRead } from "../../../../route-kit/admin-route"
import { PURCHASING } from "../../../../route-kit/flag-gate"
import { selectFields } from "../../../../route-kit/present"
import { ok } from "../../../../route-kit/route-answer"
import { billView } from "../../../../views/bill"

export const GET = adminRead({
  flags: PURCHASING,
  handler: async ({ container, store, params, query }) => {
    const bill = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .retrieveBill({ store_id: store.id, id: params.id })
    return ok({ bill: selectFields(billView(bill), query.fields) })
  },
})
