import { withReason } from "../../../../../../schemas/common"
import { requestCancelPurchaseOrderWorkflow } from "../../../../../../workflows/purchase/request-cancel-purchase-order"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { PURCHASING } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { purchaseOrderDetail } from "../../../../../views/purchase-order"

/** Asks the supplier to cancel. */
export const POST = adminWrite({
  flags: PURCHASING,
  body: withReason,
  handler: async ({ container, store, actor, params, body }) => {
    await requestCancelPurchaseOrderWorkflow(container).run({
      input: { id: params.id, store_id: store.id, reason: body.reason, actor },
    })
    return ok({ purchase_order: await purchaseOrderDetail(container, store.id, params.id) })
  },
})
