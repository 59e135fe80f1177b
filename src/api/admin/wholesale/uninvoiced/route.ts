import { endOfDay } from "../../../../lib/calendar/days"
import { listUninvoiced } from "../../../../schemas/invoices"
import { uninvoiced } from "../../../../workflows/invoice/uninvoiced"
import { adminRead } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { ok } from "../../../route-kit/route-answer"
import { uninvoicedView } from "../../../views/uninvoiced"
import { withAccounts } from "../../../views/order"

/** What waits to be put on invoices, by account; of one account with its orders and what they come to. */
export const GET = adminRead({
  flags: SALES,
  query: listUninvoiced,
  handler: async ({ container, store, query: { account_id, through } }) => {
    const waiting = await uninvoiced(container, {
      store_id: store.id,
      account_id,
      before: endOfDay(through),
    })
    const rows = await withAccounts(container, store.id, waiting.map(uninvoicedView))
    return ok({ uninvoiced: rows, count: rows.length })
  },
})
