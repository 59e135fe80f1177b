import { model } from "@medusajs/framework/utils"

export const WholesalePayment = model
  .define("wholesale_payment", {
    id: model.id({ prefix: "whpay" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    connection_id: model.text().nullable(),
    amount: model.bigNumber(),
    currency_code: model.text(),
    method: model.text(),
    reference: model.text().nullable(),
    received_at: model.dateTime(),
    /** When its entry was written into the account's ledger. */
    posted_at: model.dateTime().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
    revision: model.number().default(1),
    announced_revision: model.number().default(0),
  })
  .indexes([
    { on: ["store_id", "created_at"] },
    { on: ["account_id", "created_at"] },
    { name: "IDX_wholesale_payment_unposted", on: ["id"], where: "posted_at IS NULL" },
    {
      name: "IDX_wholesale_payment_behind",
      on: ["id"],
      where: "revision > announced_revision AND connection_id IS NOT NULL",
    },
  ])
