import { model } from "@medusajs/framework/utils"

/** Money paid back to an account, out of what a payment or a credit note leaves unapplied. */
export const WholesaleRefund = model
  .define("wholesale_refund", {
    id: model.id({ prefix: "whref" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    payment_id: model.text().nullable(),
    credit_note_id: model.text().nullable(),
    amount: model.bigNumber(),
    currency_code: model.text(),
    method: model.text(),
    reference: model.text().nullable(),
    reason: model.text().nullable(),
    refunded_at: model.dateTime(),
    /** When its entry was written into the account's ledger. */
    posted_at: model.dateTime().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
  })
  .indexes([
    { on: ["payment_id"] },
    { on: ["credit_note_id"] },
    { on: ["account_id", "refunded_at"] },
    { on: ["store_id", "created_at"] },
    { name: "IDX_wholesale_refund_unposted", on: ["id"], where: "posted_at IS NULL" },
  ])
