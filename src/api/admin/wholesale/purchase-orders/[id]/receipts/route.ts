import { ownedRow } from "../../../../../../lib/errors/owned-row"
import { derivedId } from "../../../../../../lib/ids/derived-id"
import { WHOLESALE_PURCHASE } from "../../../../../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../../../../../modules/wholesale-purchase/service"
import { listReceipts, receivePurchaseOrder } from "../../../../../../schemas/purchase-orders"
import { receivePurchaseOrderWorkflow } from "../../../../../../workflows/purchase/receive-purchase-order"
import { adminRead, adminWrite } from "../../../../../route-kit/admin-route"
import { RECEIVING } from "../../../../../route-kit/flag-gate"
import { listConfig, page } from "../../../../../route-kit/list-options"
import { created, ok } from "../../../../../route-kit/route-answer"
import { purchaseOrderDetail } from "../../../../../views/purchase-order"

export const GET = adminRead({
  flags: RECEIVING,
  query: listReceipts,
  handler: async ({ container, store, params, query }) => {
    const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
    const orders = await purchase.listWholesalePurchaseOrders(
      { id: params.id, store_id: store.id },
      { take: 1, select: ["id"] }
    )
    ownedRow(orders, "Purchase order", params.id)
    const [receipts, count] = await purchase.listAndCountWholesaleReceipts(
      { purchase_order_id: params.id, store_id: store.id },
      { ...listConfig(query, ["sequence", "created_at", "received_at", "id"]), relations: ["lines"] }
    )
    return ok(page("receipts", receipts, count, query))
  },
})

/** Says what came of the lines; goods in order go into stock. */
export const POST = adminWrite({
  flags: RECEIVING,
  body: receivePurchaseOrder,
  handler: async ({ container, store, actor, params, body, request_key }) => {
    const { result } = await receivePurchaseOrderWorkflow(container).run({
      input: {
        ...body,
        ...(request_key && { id: derivedId("whrec", store.id, request_key) }),
        store_id: store.id,
        purchase_order_id: params.id,
        actor,
      },
    })
    const [receipt, purchase_order] = await Promise.all([
      container
        .resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
        .receipt(store.id, result.id),
      purchaseOrderDetail(container, store.id, params.id),
    ])
    return created({ receipt, purchase_order })
  },
})
