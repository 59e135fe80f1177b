import { selectFields } from "../../../../route-kit/present"
import { ok } from "../../../../route-kit/route-answer"
import { storeRead } from "../../../../route-kit/store-route"
import { portalOrderDetail } from "../../../../views/portal"

export const GET = storeRead({
  handler: async ({ container, account, params, query }) =>
    ok({ order: selectFields(await portalOrderDetail(container, account, params.id), query.fields) }),
})
