import { model } from "@medusajs/framework/utils"

import { INVOICE_LINE_KINDS } from "../../../lib/charges/charge"

export const WholesaleInvoiceLine = model
  .define("wholesale_invoice_line", {
    id: model.id({ prefix: "whinvl" }).primaryKey(),
    store_id: model.text(),
    invoice_id: model.text(),
    line_number: model.number(),
    order_id: model.text(),
    /** A charge beside the goods has no SKU, and one unit. */
    kind: model.enum([...INVOICE_LINE_KINDS]).default("item"),
    /** Of a charge, the order's charge. */
    order_line_id: model.text(),
    sku: model.text(),
    title: model.text(),
    quantity: model.number(),
    unit_price: model.bigNumber(),
    subtotal: model.bigNumber(),
    /** Percent. */
    tax_rate: model.bigNumber(),
    tax_code: model.text().nullable(),
    /** The line's share of the tax that was rounded once per rate on the document. */
    tax_total: model.bigNumber(),
    credited_quantity: model.number().default(0),
    /** Net amount taken back by credit notes. */
    credited_amount: model.bigNumber().default(0),
    credited_tax: model.bigNumber().default(0),
  })
  .indexes([{ on: ["invoice_id", "line_number"], unique: true }])
