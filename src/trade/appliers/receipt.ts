import { notFound } from "../../lib/errors/wholesale-error"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { announceOrdersOf } from "../announce-orders"
import { partnerActor, type Applier } from "./applier"

/** Notes on the orders what came short or damaged; goods that came in order are no news to them. */
export const applyReceipt: Applier<"receipt"> = async (container, receiver, { id, body }) => {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const { store_id, connection_id } = receiver
  const [order] = await orders.ordersOfPurchaseOrder({
    store_id,
    connection_id,
    purchase_order_id: body.purchase_order_id,
  })
  if (!order) {
    throw notFound("Order of purchase order", body.purchase_order_id)
  }
  await orders.applyReceipt({
    id: order.id,
    store_id,
    receipt_id: id,
    lines: body.lines.map(({ line_id, short, damaged }) => ({
      purchase_order_line_id: line_id,
      short_quantity: short,
      damaged_quantity: damaged,
    })),
    actor: partnerActor(receiver),
    at: new Date(body.received_at),
  })
  await announceOrdersOf(container, order)
}
