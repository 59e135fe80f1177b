import { model } from "@medusajs/framework/utils"

import { OPERATION_STATUSES } from "../domain/order-operation"

/** The intent row of a verb that moves money or stock; at most one of an order is open. */
const WholesaleOrderOperation = model
  .define("wholesale_order_operation", {
    id: model.id({ prefix: "whordop" }).primaryKey(),
    store_id: model.text(),
    order_id: model.text(),
    verb: model.text(),
    status: model.enum([...OPERATION_STATUSES]).default("running"),
    payload: model.json(),
    refusal: model.json().nullable(),
    lease_until: model.dateTime(),
  })
  .indexes([
    { on: ["order_id"] },
    {
      name: "IDX_wholesale_order_operation_open",
      on: ["order_id"],
      unique: true,
      where: "status in ('running', 'undoing')",
    },
    {
      name: "IDX_wholesale_order_operation_lease",
      on: ["lease_until"],
      where: "status in ('running', 'undoing')",
    },
  ])

export default WholesaleOrderOperation
