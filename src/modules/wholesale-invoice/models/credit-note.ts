import { model } from "@medusajs/framework/utils"

export const WholesaleCreditNote = model
  .define("wholesale_credit_note", {
    id: model.id({ prefix: "whcn" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    invoice_id: model.text(),
    connection_id: model.text().nullable(),
    number: model.text(),
    currency_code: model.text(),
    subtotal: model.bigNumber(),
    charge_total: model.bigNumber().default(0),
    tax_total: model.bigNumber(),
    total: model.bigNumber(),
    tax_summary: model.json(),
    reason: model.text(),
    lines: model.json(),
    issued_at: model.dateTime(),
    /** When its entry was written into the account's ledger. */
    posted_at: model.dateTime().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
    revision: model.number().default(1),
    announced_revision: model.number().default(0),
  })
  .indexes([
    { on: ["store_id", "number"], unique: true },
    { on: ["store_id", "created_at"] },
    { on: ["account_id", "issued_at"] },
    { on: ["invoice_id"] },
    { name: "IDX_wholesale_credit_note_unposted", on: ["id"], where: "posted_at IS NULL" },
    {
      name: "IDX_wholesale_credit_note_behind",
      on: ["id"],
      where: "revision > announced_revision AND connection_id IS NOT NULL",
    },
  ])
