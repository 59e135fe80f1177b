import { model } from "@medusajs/framework/utils"

/**
 * A part of an order on an invoice: what is invoiced of it, and what is not. A part stands on one invoice
 * at a time; where that is void, it stands there no longer and may be put on another.
 */
export const WholesaleInvoiceOrder = model
  .define("wholesale_invoice_order", {
    id: model.id({ prefix: "whinvo" }).primaryKey(),
    store_id: model.text(),
    invoice_id: model.text(),
    order_id: model.text(),
    /** 0 for the whole order, else the sequence of the shipment. */
    part: model.number(),
    order_number: model.text(),
    purchase_order_id: model.text().nullable(),
    purchase_order_number: model.text().nullable(),
    /** On the invoice, from 1. */
    position: model.number(),
    /** Since when the invoice is void. */
    withdrawn_at: model.dateTime().nullable(),
    /** When the order was told that the part may be invoiced again. */
    returned_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["invoice_id", "position"], unique: true },
    {
      name: "IDX_wholesale_invoice_order_part_unique",
      on: ["order_id", "part"],
      unique: true,
      where: "withdrawn_at IS NULL",
    },
    { on: ["order_id"] },
    { on: ["store_id", "order_number"] },
    {
      name: "IDX_wholesale_invoice_order_to_return",
      on: ["id"],
      where: "withdrawn_at IS NOT NULL AND returned_at IS NULL",
    },
  ])
