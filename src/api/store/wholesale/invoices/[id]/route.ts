import { selectFields } from "../../../../route-kit/present"
import { ok } from "../../../../route-kit/route-answer"
import { storeRead } from "../../../../route-kit/store-route"
import { portalInvoiceDetail } from "../../../../views/portal"

export const GET = storeRead({
  handler: async ({ container, account, params, query }) =>
    ok({
      invoice: selectFields(await portalInvoiceDetail(container, account, params.id), query.fields),
    }),
})
