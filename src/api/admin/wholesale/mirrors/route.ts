import { WHOLESALE_INVOICE } from "../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../modules/wholesale-invoice/service"
import { listMirrors } from "../../../../schemas/invoices"
import { adminRead } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { page } from "../../../route-kit/list-options"
import { ok } from "../../../route-kit/route-answer"
import { mirrorView } from "../../../views/mirror"
import { accountNames } from "../../../views/account-names"

/** The core orders that stand for paid invoices. */
export const GET = adminRead({
  flags: SALES,
  query: listMirrors,
  handler: async ({ container, store, query }) => {
    const { core_order_id, invoice_id, order_id, q, order, limit, offset } = query
    const { mirrors, count } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .listMirrors(
        { store_id: store.id, core_order_id, invoice_id, order_id, q },
        { order, limit, offset }
      )
    const names = await accountNames(container, store.id, mirrors)
    const rows = mirrors.map((mirror) => mirrorView(mirror, names.get(mirror.account_id) ?? null))
    return ok(page("mirrors", rows, count, query))
  },
})
