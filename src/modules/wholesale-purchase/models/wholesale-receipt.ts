import { model } from "@medusajs/framework/utils"

import WholesalePurchaseOrder from "./wholesale-purchase-order"
import WholesaleReceiptLine from "./wholesale-receipt-line"

/**
 * What came of a purchase order at one time. `pending` until its stock is raised; it travels from
 * then on (`revision` 0, then 1 for good).
 */
const WholesaleReceipt = model
  .define("wholesale_receipt", {
    id: model.id({ prefix: "whrec" }).primaryKey(),
    store_id: model.text(),
    purchase_order: model.belongsTo(() => WholesalePurchaseOrder, { mappedBy: "receipts" }),
    sequence: model.number(),
    location_id: model.text(),
    status: model.enum(["pending", "done"]).default("pending"),
    received_at: model.dateTime(),
    note: model.text().nullable(),
    revision: model.number().default(0),
    announced_revision: model.number().default(0),
    lines: model.hasMany(() => WholesaleReceiptLine, { mappedBy: "receipt" }),
  })
  .cascades({ delete: ["lines"] })
  .indexes([
    { on: ["purchase_order_id", "sequence"], unique: true },
    { on: ["store_id", "created_at"] },
    { name: "IDX_wholesale_receipt_pending", on: ["created_at"], where: "status = 'pending'" },
    { name: "IDX_wholesale_receipt_behind", on: ["id"], where: "revision > announced_revision" },
  ])

export default WholesaleReceipt
