import { adminRead } from "../../../route-kit/admin-route"
import { selectFields } from "../../../route-kit/present"
import { ok } from "../../../route-kit/route-answer"
import { summaryOf } from "../../../views/summary"

/** What waits for the store's people. */
export const GET = adminRead({
  handler: async ({ container, store, query }) =>
    ok({ summary: selectFields(await summaryOf(container, store), query.fields) }),
})
