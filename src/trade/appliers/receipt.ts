import { notFound } from "../../lib/errors/wholesale-error"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { announce } from "../announce"
import { partnerActor, type Applier } from "./applier"

/** Notes on the order what came short or damaged; goods that came in order are no news to it. */
export const applyReceipt: Applier<"receipt"> = async (container, receiver, { id, body }) => {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const [order] = await orders.listWholesaleOrders(
    {
      store_id: receiver.store_id,
      connection_id: receiver.connection_id,
      purchase_order_id: body.purchase_order_id,
    },
    { take: 1, select: ["id"] }
  )
  if (!order) {
    throw notFound("Order of purchase order", body.purchase_order_id)
  }
  await orders.applyReceipt({
    id: order.id,
    store_id: receiver.store_id,
    receipt_id: id,
    lines: body.lines.map(({ line_id, short, damaged }) => ({
      purchase_order_line_id: line_id,
      short_quantity: short,
      damaged_quantity: damaged,
    })),
    actor: partnerActor(receiver),
    at: new Date(body.received_at),
  })
  await announce(container, { type: "order", id: order.id })
}
