import { previewOrderSplit } from "../../../../../../schemas/credit"
import { adminRead } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { orderSplitPreview } from "../../../../../views/order-split"

/** What a partial decision over an amount, or over what there is room for, would make of an order; nothing is changed. */
export const GET = adminRead({
  flags: SALES,
  query: previewOrderSplit,
  handler: async ({ container, store, params, query: { amount } }) =>
    ok({ split: await orderSplitPreview(container, store.id, params.id, amount) }),
})
