import { placePurchaseOrderWorkflow } from "../../../../../../workflows/purchase/place-purchase-order"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { PURCHASING } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { purchaseOrderDetail } from "../../../../../views/purchase-order"

/** Sends a draft to the supplier, and answers what came of it; one that was placed before, as it stands. */
export const POST = adminWrite({
  flags: PURCHASING,
  handler: async ({ container, store, actor, params }) => {
    await placePurchaseOrderWorkflow(container).run({
      input: { id: params.id, store_id: store.id, actor },
    })
    return ok({ purchase_order: await purchaseOrderDetail(container, store.id, params.id) })
  },
})
