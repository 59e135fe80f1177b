import { model } from "@medusajs/framework/utils"

import { INVOICE_STATUSES } from "../domain/invoice-machine"

/** Who did what to an invoice, when and why. */
export const WholesaleInvoiceEvent = model
  .define("wholesale_invoice_event", {
    id: model.id({ prefix: "whinvev" }).primaryKey(),
    store_id: model.text(),
    invoice_id: model.text(),
    event: model.text(),
    from: model.enum([...INVOICE_STATUSES]).nullable(),
    to: model.enum([...INVOICE_STATUSES]),
    actor_type: model.text(),
    actor_id: model.text(),
    reason: model.text().nullable(),
    details: model.json().nullable(),
    at: model.dateTime(),
  })
  .indexes([{ on: ["invoice_id", "at"] }])
