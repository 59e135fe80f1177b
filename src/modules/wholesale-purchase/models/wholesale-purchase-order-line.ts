import { model } from "@medusajs/framework/utils"

import WholesalePurchaseOrder from "./wholesale-purchase-order"

/** One line: what was ordered, and what of it was received, is short, came damaged or was cancelled so far. */
const WholesalePurchaseOrderLine = model
  .define("wholesale_purchase_order_line", {
    id: model.id({ prefix: "whpol" }).primaryKey(),
    store_id: model.text(),
    purchase_order: model.belongsTo(() => WholesalePurchaseOrder, { mappedBy: "lines" }),
    line_number: model.number(),
    supplier_sku: model.text(),
    title: model.text(),
    quantity: model.number(),
    unit_price: model.bigNumber(),
    subtotal: model.bigNumber(),
    variant_id: model.text().nullable(),
    received_quantity: model.number().default(0),
    short_quantity: model.number().default(0),
    damaged_quantity: model.number().default(0),
    cancelled_quantity: model.number().default(0),
  })
  .indexes([{ on: ["store_id", "supplier_sku"] }])
  .checks([
    {
      name: "wholesale_purchase_order_line_open_check",
      expression: (columns) =>
        `${columns.received_quantity} + ${columns.short_quantity} + ${columns.damaged_quantity} <= ${columns.quantity}`,
    },
  ])

export default WholesalePurchaseOrderLine
