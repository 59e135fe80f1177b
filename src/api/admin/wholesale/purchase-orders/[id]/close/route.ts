import { closePurchaseOrderWorkflow } from "../../../../../../workflows/purchase/close-purchase-order"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { PURCHASING } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { purchaseOrderDetail } from "../../../../../views/purchase-order"

export const POST = adminWrite({
  flags: PURCHASING,
  handler: async ({ container, store, actor, params }) => {
    await closePurchaseOrderWorkflow(container).run({
      input: { id: params.id, store_id: store.id, actor },
    })
    return ok({ purchase_order: await purchaseOrderDetail(container, store.id, params.id) })
  },
})
