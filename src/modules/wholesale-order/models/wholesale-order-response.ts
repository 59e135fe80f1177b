import { model } from "@medusajs/framework/utils"

import { ORDER_ANSWERS } from "../domain/order-answer"

/** The answer to a partner's purchase order, or to its wish to cancel. */
const WholesaleOrderResponse = model
  .define("wholesale_order_response", {
    id: model.id({ prefix: "whresp" }).primaryKey(),
    store_id: model.text().index(),
    connection_id: model.text(),
    purchase_order_id: model.text(),
    answer: model.enum([...ORDER_ANSWERS]),
    order_id: model.text().nullable(),
    refusal: model.json().nullable(),
    revision: model.number().default(1),
    announced_revision: model.number().default(0),
  })
  .indexes([
    {
      name: "IDX_wholesale_order_response_purchase_order_unique",
      on: ["connection_id", "purchase_order_id"],
      unique: true,
    },
    {
      name: "IDX_wholesale_order_response_behind",
      on: ["id"],
      where: "revision > announced_revision",
    },
  ])

export default WholesaleOrderResponse
