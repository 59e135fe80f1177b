import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { totalsOf } from "../documents/totals-of"
import type { OrderBody } from "../documents/order"
import type { DocumentSource } from "./snapshot"

export const orderSource: DocumentSource<"order"> = {
  type: "order",
  async snapshot(container, id) {
    const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    const { store_id, connection_id } = await orders.retrieveWholesaleOrder(id, {
      select: ["id", "store_id", "connection_id"],
    })
    if (!connection_id) {
      return undefined
    }
    const order = await orders.retrieveOrder({ id, store_id })
    const { purchase_order_id, number, status } = order
    if (!purchase_order_id || !number || status === "draft") {
      return undefined
    }
    return {
      store_id,
      connection_id,
      document_id: id,
      revision: order.revision,
      body: {
        version: 1,
        purchase_order_id,
        parent_id: order.parent_id,
        children: order.children.map((child) => child.id),
        number,
        status,
        on_hold: order.held_at && {
          since: new Date(order.held_at).toISOString(),
          kinds: [...(order.hold_kinds ?? [])],
        },
        fulfilment_method: order.fulfilment_method,
        currency_code: order.currency_code,
        totals: totalsOf(order),
        charges: order.charges.map(({ kind, name, amount }) => ({ kind, name, amount })),
        tax_summary: [...order.tax_summary],
        lines: order.lines.map((line) => ({
          line_id: line.purchase_order_line_id ?? line.id,
          sku: line.sku,
          quantity: line.quantity,
          unit_price: line.unit_price,
        })),
        pickup:
          order.pickup_place || order.pickup_at
            ? { place: order.pickup_place, at: isoOrNull(order.pickup_at) }
            : null,
        shipments: shipmentsOf(order),
        rejection_reason: order.rejection_reason,
        cancel_reason: order.cancel_reason,
        goods_returned: order.goods_returned,
      },
    }
  },
  async markAnnounced(container, input) {
    await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .markAnnounced({ type: "order", ...input })
  },
  async behind(container, page) {
    return container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .documentsToAnnounce({ type: "order", ...page })
  },
}

function shipmentsOf(order: OrderDocument): OrderBody["shipments"] {
  const lines = new Map(order.lines.map((line) => [line.id, line]))
  return order.shipments.map((shipment) => ({
    sequence: shipment.sequence,
    carrier: shipment.carrier,
    tracking_numbers: [...shipment.tracking_numbers],
    shipped_at: new Date(shipment.shipped_at).toISOString(),
    delivered_at: isoOrNull(shipment.delivered_at),
    lines: shipment.lines.flatMap(({ line_id, quantity }) => {
      const line = lines.get(line_id)
      return line ? [{ line_id: line.purchase_order_line_id ?? line.id, sku: line.sku, quantity }] : []
    }),
  }))
}

function isoOrNull(at: Date | string | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
