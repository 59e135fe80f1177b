import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_PURCHASE } from "../../../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../../../modules/wholesale-purchase/service"
import { createPurchaseOrder, listPurchaseOrders } from "../../../../schemas/purchase-orders"
import { createPurchaseOrderDraftWorkflow } from "../../../../workflows/purchase/create-purchase-order-draft"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { PURCHASING } from "../../../route-kit/flag-gate"
import { listConfig, page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { purchaseOrderDetail, withSupplierNames } from "../../../views/purchase-order"
import { requireMode } from "../../../route-kit/store-mode"

export const GET = adminRead({
  flags: PURCHASING,
  query: listPurchaseOrders,
  handler: async ({ container, store, query }) => {
    const { status, connection_id, q } = query
    const [rows, count] = await container
      .resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
      .listAndCountWholesalePurchaseOrders(
        {
          store_id: store.id,
          ...(status && { status }),
          ...(connection_id && { connection_id }),
          ...(q && { q }),
        },
        listConfig(query, ["created_at", "updated_at", "placed_at", "number", "total", "id"])
      )
    const orders = await withSupplierNames(container, store.id, rows)
    return ok(page("purchase_orders", orders, count, query))
  },
})

/** Writes a draft, at the prices of the supplier's catalog. */
export const POST = adminWrite({
  flags: PURCHASING,
  body: createPurchaseOrder,
  handler: async ({ container, store, actor, body, request_key }) => {
    requireMode(store, "buy")
    const { result } = await createPurchaseOrderDraftWorkflow(container).run({
      input: {
        ...body,
        ...(request_key && { id: derivedId("whpo", store.id, request_key) }),
        store_id: store.id,
        actor,
      },
    })
    return created({ purchase_order: await purchaseOrderDetail(container, store.id, result.id) })
  },
})
