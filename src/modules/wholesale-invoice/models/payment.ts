import { model } from "@medusajs/framework/utils"

import { ALLOCATION_STRATEGIES } from "../domain/allocation-plan"

export const PAYMENT_STATUSES = ["received", "void"] as const
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

/** Money received of an account. How much of it is put to invoices stands in its allocations. */
export const WholesalePayment = model
  .define("wholesale_payment", {
    id: model.id({ prefix: "whpay" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    connection_id: model.text().nullable(),
    status: model.enum([...PAYMENT_STATUSES]).default("received"),
    amount: model.bigNumber(),
    currency_code: model.text(),
    method: model.text(),
    reference: model.text().nullable(),
    received_at: model.dateTime(),
    /** What was asked for when it was recorded; with `by_choice` the amounts. */
    strategy: model.enum([...ALLOCATION_STRATEGIES]),
    choices: model.json().nullable(),
    voided_at: model.dateTime().nullable(),
    void_reason: model.text().nullable(),
    void_actor_type: model.text().nullable(),
    void_actor_id: model.text().nullable(),
    /** When its entry, and that of its voiding, was written into the account's ledger. */
    posted_at: model.dateTime().nullable(),
    void_posted_at: model.dateTime().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
    revision: model.number().default(1),
    announced_revision: model.number().default(0),
  })
  .indexes([
    { on: ["store_id", "created_at"] },
    { on: ["account_id", "created_at"] },
    {
      name: "IDX_wholesale_payment_to_post",
      on: ["id"],
      where: "(posted_at IS NULL OR (voided_at IS NOT NULL AND void_posted_at IS NULL))",
    },
    {
      name: "IDX_wholesale_payment_behind",
      on: ["id"],
      where: "revision > announced_revision AND connection_id IS NOT NULL",
    },
  ])
