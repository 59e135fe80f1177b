import { model } from "@medusajs/framework/utils"

import type { BillOrder } from "../domain/bill-order"
import { BILL_STATUSES } from "../domain/invoice-machine"

/** The retailer's copy of a partner's invoice, at the newest revision received. */
export const WholesaleBill = model
  .define("wholesale_bill", {
    id: model.id({ prefix: "whbill" }).primaryKey(),
    store_id: model.text(),
    connection_id: model.text(),
    /** The partner's id of the invoice. */
    invoice_id: model.text(),
    invoice_number: model.text(),
    /** Of the partner, with this store's purchase orders. */
    orders: model.json<BillOrder[]>(),
    status: model.enum([...BILL_STATUSES]),
    currency_code: model.text(),
    subtotal: model.bigNumber(),
    charge_total: model.bigNumber().default(0),
    tax_total: model.bigNumber(),
    total: model.bigNumber(),
    paid_total: model.bigNumber(),
    credited_total: model.bigNumber(),
    /** Null where the partner's document does not say: then it is total less paid and credited. */
    outstanding: model.bigNumber().nullable(),
    tax_summary: model.json(),
    lines: model.json(),
    issued_at: model.dateTime(),
    due_at: model.dateTime(),
    document_incarnation: model.number(),
    document_revision: model.number(),
  })
  .indexes([
    { on: ["connection_id", "invoice_id"], unique: true },
    { on: ["store_id", "created_at"] },
    { on: ["orders"], type: "GIN" },
    {
      name: "IDX_wholesale_bill_open",
      on: ["store_id", "due_at"],
      where: "status IN ('issued', 'partially_paid')",
    },
  ])
