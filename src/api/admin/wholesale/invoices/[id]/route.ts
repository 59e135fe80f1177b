import { adminRead } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { selectFields } from "../../../../route-kit/present"
import { ok } from "../../../../route-kit/route-answer"
import { invoiceDetail } from "../../../../views/invoice"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params, query }) =>
    ok({ invoice: selectFields(await invoiceDetail(container, store.id, params.id), query.fields) }),
})
