import { model } from "@medusajs/framework/utils"

import type { OrderHold, OrderSummary, SupplierOrderLine, SupplierShipment } from "../domain/supplier-orders"
import WholesalePurchaseOrder from "./wholesale-purchase-order"

/** What the supplier tells of one order that it made from a purchase order; a split makes several. */
const WholesaleSupplierOrder = model
  .define("wholesale_supplier_order", {
    id: model.id({ prefix: "whsord" }).primaryKey(),
    store_id: model.text(),
    purchase_order: model.belongsTo(() => WholesalePurchaseOrder, { mappedBy: "supplier_orders" }),
    order_id: model.text(),
    parent_id: model.text().nullable(),
    children: model.json<string[]>(),
    number: model.text().nullable(),
    status: model.text(),
    on_hold: model.json<OrderHold>().nullable(),
    subtotal: model.bigNumber(),
    charge_total: model.bigNumber().default(0),
    tax_total: model.bigNumber(),
    total: model.bigNumber(),
    lines: model.json<SupplierOrderLine[]>(),
    tracking: model.json<SupplierShipment[]>(),
    summary: model.json<OrderSummary>(),
    incarnation: model.number(),
    revision: model.number(),
  })
  .indexes([{ on: ["purchase_order_id", "order_id"], unique: true }])

export default WholesaleSupplierOrder
