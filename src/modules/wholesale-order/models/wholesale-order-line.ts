import { model } from "@medusajs/framework/utils"

/** A line of an order; prices and tax as they were when it was placed. */
const WholesaleOrderLine = model
  .define("wholesale_order_line", {
    id: model.id({ prefix: "whordl" }).primaryKey(),
    store_id: model.text(),
    order_id: model.text(),
    line_number: model.number(),
    item_id: model.text().nullable(),
    variant_id: model.text().nullable(),
    product_id: model.text().nullable(),
    purchase_order_line_id: model.text().nullable(),
    sku: model.text(),
    title: model.text(),
    quantity: model.number(),
    unit_price: model.bigNumber(),
    subtotal: model.bigNumber(),
    tax_rate: model.bigNumber(),
    tax_code: model.text().nullable(),
    tax_name: model.text().nullable(),
    shipped_quantity: model.number().default(0),
    short_quantity: model.number().default(0),
    damaged_quantity: model.number().default(0),
  })
  .indexes([{ on: ["order_id", "line_number"], unique: true }])

export default WholesaleOrderLine
