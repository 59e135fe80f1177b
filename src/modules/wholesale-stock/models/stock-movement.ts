import { model } from "@medusajs/framework/utils"

import { STOCK_MOVEMENT_KINDS } from "../domain/stock-movement"

/** One change of stock. Its row is written in the transaction that changes the inventory. */
const StockMovement = model
  .define("wholesale_stock_movement", {
    id: model.id({ prefix: "whstk" }).primaryKey(),
    store_id: model.text(),
    key: model.text(),
    kind: model.enum([...STOCK_MOVEMENT_KINDS]),
    reference_type: model.text(),
    reference_id: model.text(),
    items: model.json(),
  })
  .indexes([
    { on: ["key"], unique: true },
    {
      name: "IDX_wholesale_stock_movement_reference",
      on: ["store_id", "reference_type", "reference_id"],
    },
  ])

export default StockMovement
