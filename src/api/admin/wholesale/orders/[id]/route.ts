import { adminRead } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { selectFields } from "../../../../route-kit/present"
import { ok } from "../../../../route-kit/route-answer"
import { orderDetail } from "../../../../views/order"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params, query }) =>
    ok({ order: selectFields(await orderDetail(container, store.id, params.id), query.fields) }),
})
