import { model } from "@medusajs/framework/utils"

import WholesaleReceipt from "./wholesale-receipt"

/**
 * One line of a receipt. `received_quantity` came in order and belongs into stock; short and damaged
 * goods do not. `variant_id` is frozen once set. `stocked` says that nothing is left to raise.
 */
const WholesaleReceiptLine = model
  .define("wholesale_receipt_line", {
    id: model.id({ prefix: "whrecl" }).primaryKey(),
    store_id: model.text(),
    receipt: model.belongsTo(() => WholesaleReceipt, { mappedBy: "lines" }),
    purchase_order_line_id: model.text().index(),
    variant_id: model.text().nullable(),
    received_quantity: model.number(),
    short_quantity: model.number(),
    damaged_quantity: model.number(),
    stocked: model.boolean().default(false),
  })
  .indexes([{ name: "IDX_wholesale_receipt_line_unstocked", on: ["store_id"], where: "stocked = false" }])

export default WholesaleReceiptLine
