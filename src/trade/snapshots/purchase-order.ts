import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { documentAddress } from "../store-profile"
import type { DocumentSource } from "./snapshot"

export const purchaseOrderSource: DocumentSource<"purchase_order"> = {
  type: "purchase_order",
  async snapshot(container, id) {
    const purchase = container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
    const { store_id } = await purchase.retrieveWholesalePurchaseOrder(id, { select: ["store_id"] })
    const order = await purchase.purchaseOrder(store_id, id)
    if (!order.number || !order.placed_at) {
      return undefined
    }
    const wantsPickup = order.pickup_place !== null || order.pickup_at !== null
    return {
      store_id,
      connection_id: order.connection_id,
      document_id: id,
      revision: order.revision,
      body: {
        version: 1,
        number: order.number,
        currency_code: order.currency_code,
        fulfilment_method: order.fulfilment_method,
        lines: order.lines.map((line) => ({
          line_id: line.id,
          sku: line.supplier_sku,
          title: line.title,
          quantity: line.quantity,
          unit_price: line.unit_price,
        })),
        ship_to: documentAddress(order.ship_to),
        note: order.note,
        pickup: wantsPickup
          ? { place: order.pickup_place, at: order.pickup_at && new Date(order.pickup_at).toISOString() }
          : null,
        placed_at: new Date(order.placed_at).toISOString(),
        cancel_requested: order.cancel_requested_at && {
          reason: order.cancel_request_reason,
          at: new Date(order.cancel_requested_at).toISOString(),
        },
      },
    }
  },
  async markAnnounced(container, input) {
    await container
      .resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
      .markPurchaseOrderAnnounced(input)
  },
  async behind(container, page) {
    return container
      .resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE)
      .purchaseOrdersToAnnounce(page)
  },
}
