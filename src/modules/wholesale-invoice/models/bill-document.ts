import { model } from "@medusajs/framework/utils"

export const BILL_DOCUMENT_KINDS = ["credit_note", "payment"] as const

/** The retailer's copy of a credit note or payment; it may come before its invoice does. */
export const WholesaleBillDocument = model
  .define("wholesale_bill_document", {
    id: model.id({ prefix: "whbilldoc" }).primaryKey(),
    store_id: model.text(),
    connection_id: model.text(),
    /** The partner's id of the invoice. */
    invoice_id: model.text(),
    kind: model.enum([...BILL_DOCUMENT_KINDS]),
    /** The partner's id of the credit note or payment. */
    document_id: model.text(),
    number: model.text().nullable(),
    currency_code: model.text(),
    amount: model.bigNumber(),
    note: model.text().nullable(),
    lines: model.json().nullable(),
    dated_at: model.dateTime(),
    document_incarnation: model.number(),
    document_revision: model.number(),
  })
  .indexes([
    {
      // The name Medusa would make up is longer than PostgreSQL keeps.
      name: "IDX_wholesale_bill_document_of_bill_unique",
      on: ["connection_id", "kind", "document_id", "invoice_id"],
      unique: true,
    },
    { on: ["connection_id", "invoice_id"] },
  ])
