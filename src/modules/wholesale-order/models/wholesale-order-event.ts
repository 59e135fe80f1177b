import { model } from "@medusajs/framework/utils"

/** Who did what to an order, when and why. */
const WholesaleOrderEvent = model
  .define("wholesale_order_event", {
    id: model.id({ prefix: "whordev" }).primaryKey(),
    store_id: model.text(),
    order_id: model.text(),
    event: model.text(),
    from: model.text().nullable(),
    to: model.text(),
    actor_type: model.text(),
    actor_id: model.text(),
    reason: model.text().nullable(),
    details: model.json().nullable(),
    at: model.dateTime(),
  })
  .indexes([{ on: ["order_id", "at"] }])

export default WholesaleOrderEvent
