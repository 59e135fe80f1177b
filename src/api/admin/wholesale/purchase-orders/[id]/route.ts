import { updatePurchaseOrder } from "../../../../../schemas/purchase-orders"
import { deletePurchaseOrderDraftWorkflow } from "../../../../../workflows/purchase/delete-purchase-order-draft"
import { updatePurchaseOrderDraftWorkflow } from "../../../../../workflows/purchase/update-purchase-order-draft"
import { adminRead, adminWrite } from "../../../../route-kit/admin-route"
import { PURCHASING } from "../../../../route-kit/flag-gate"
import { selectFields } from "../../../../route-kit/present"
import { ok } from "../../../../route-kit/route-answer"
import { purchaseOrderDetail } from "../../../../views/purchase-order"

export const GET = adminRead({
  flags: PURCHASING,
  handler: async ({ container, store, params, query }) => {
    const detail = await purchaseOrderDetail(container, store.id, params.id)
    return ok({ purchase_order: selectFields(detail, query.fields) })
  },
})

/** Changes a draft; lines that are given replace all. */
export const POST = adminWrite({
  flags: PURCHASING,
  body: updatePurchaseOrder,
  handler: async ({ container, store, actor, params, body }) => {
    await updatePurchaseOrderDraftWorkflow(container).run({
      input: { ...body, id: params.id, store_id: store.id, actor },
    })
    return ok({ purchase_order: await purchaseOrderDetail(container, store.id, params.id) })
  },
})

/** Throws a draft away. */
export const DELETE = adminWrite({
  flags: PURCHASING,
  handler: async ({ container, store, params }) => {
    await deletePurchaseOrderDraftWorkflow(container).run({
      input: { id: params.id, store_id: store.id },
    })
    return ok({ id: params.id, object: "purchase_order", deleted: true })
  },
})
