import { model } from "@medusajs/framework/utils"

import WholesalePurchaseOrder from "./wholesale-purchase-order"

/** What happened to a purchase order, when, by whom and why. */
const WholesalePurchaseOrderEvent = model.define("wholesale_purchase_order_event", {
  id: model.id({ prefix: "whpoev" }).primaryKey(),
  store_id: model.text(),
  purchase_order: model.belongsTo(() => WholesalePurchaseOrder, { mappedBy: "events" }),
  event: model.text(),
  from: model.text().nullable(),
  to: model.text(),
  actor_type: model.text(),
  actor_id: model.text(),
  reason: model.text().nullable(),
  details: model.json().nullable(),
  at: model.dateTime(),
})

export default WholesalePurchaseOrderEvent
