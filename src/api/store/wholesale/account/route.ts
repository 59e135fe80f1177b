import { storeRead } from "../../../route-kit/store-route"
import { selectFields } from "../../../route-kit/present"
import { ok } from "../../../route-kit/route-answer"
import { portalAccount } from "../../../views/portal"

export const GET = storeRead({
  handler: async ({ container, account, query }) =>
    ok({ account: selectFields(await portalAccount(container, account), query.fields) }),
})
