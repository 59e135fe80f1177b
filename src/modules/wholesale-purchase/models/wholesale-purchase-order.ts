import { model } from "@medusajs/framework/utils"

import { FULFILMENT_METHODS } from "../../../lib/fulfilment/methods"
import { PURCHASE_ORDER_STATUSES } from "../domain/purchase-order-machine"
import WholesalePurchaseOrderEvent from "./wholesale-purchase-order-event"
import WholesalePurchaseOrderLine from "./wholesale-purchase-order-line"
import WholesaleReceipt from "./wholesale-receipt"
import WholesaleSupplierOrder from "./wholesale-supplier-order"

/**
 * The retailer's own document of a trade.
 *
 * `revision` is 0 in a draft and rises when the order is placed and when its cancellation is asked
 * for. What the partner is told stays the same within one revision, so it is taken from the columns
 * that these two change or freeze: number, connection, method, currency, addresses, note, pickup,
 * lines with their prices, `placed_at`, `cancel_requested_at` and `cancel_request_reason`; never from
 * the status, from `charge_total`, `tax_total`, `total`, `response`, `order_*` and `cancel_answer` (the
 * partner's own words), or from what has been received (receipts are documents of their own).
 *
 * `order_id`, `order_number` and `order_status` are those of the order that was made of it; what was
 * split off that stands with it in the supplier's orders.
 */
const WholesalePurchaseOrder = model
  .define("wholesale_purchase_order", {
    id: model.id({ prefix: "whpo" }).primaryKey(),
    store_id: model.text(),
    connection_id: model.text().index(),
    number: model.text().searchable().nullable(),
    status: model.enum([...PURCHASE_ORDER_STATUSES]).default("draft"),
    fulfilment_method: model.enum([...FULFILMENT_METHODS]),
    currency_code: model.text(),
    subtotal: model.bigNumber(),
    charge_total: model.bigNumber().default(0),
    tax_total: model.bigNumber(),
    total: model.bigNumber(),
    ship_to: model.json(),
    note: model.text().nullable(),
    pickup_place: model.text().nullable(),
    pickup_at: model.dateTime().nullable(),
    location_id: model.text().nullable(),
    response: model.json().nullable(),
    response_incarnation: model.number().default(0),
    response_revision: model.number().default(0),
    order_id: model.text().nullable(),
    order_number: model.text().searchable().nullable(),
    order_status: model.text().nullable(),
    cancel_requested_at: model.dateTime().nullable(),
    cancel_request_reason: model.text().nullable(),
    status_before_cancel_request: model.text().nullable(),
    cancel_answer: model.json().nullable(),
    placed_at: model.dateTime().nullable(),
    revision: model.number().default(0),
    announced_revision: model.number().default(0),
    lines: model.hasMany(() => WholesalePurchaseOrderLine, { mappedBy: "purchase_order" }),
    events: model.hasMany(() => WholesalePurchaseOrderEvent, { mappedBy: "purchase_order" }),
    receipts: model.hasMany(() => WholesaleReceipt, { mappedBy: "purchase_order" }),
    supplier_orders: model.hasMany(() => WholesaleSupplierOrder, { mappedBy: "purchase_order" }),
  })
  .cascades({ delete: ["lines", "events"] })
  .indexes([
    { on: ["store_id", "number"], unique: true },
    { on: ["store_id", "status"] },
    { on: ["store_id", "created_at"] },
    { on: ["order_id"] },
    { name: "IDX_wholesale_purchase_order_behind", on: ["id"], where: "revision > announced_revision" },
  ])

export default WholesalePurchaseOrder
