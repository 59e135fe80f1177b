import { model } from "@medusajs/framework/utils"

export const LATE_CHARGE_KINDS = ["fee", "interest"] as const
export type LateChargeKind = (typeof LATE_CHARGE_KINDS)[number]

/** A fee or interest for paying late: a receivable of its own beside the invoice it is charged on. */
export const WholesaleLateCharge = model
  .define("wholesale_late_charge", {
    id: model.id({ prefix: "whlate" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    invoice_id: model.text(),
    kind: model.enum([...LATE_CHARGE_KINDS]),
    amount: model.bigNumber(),
    settled_total: model.bigNumber().default(0),
    currency_code: model.text(),
    reason: model.text().nullable(),
    charged_at: model.dateTime(),
    voided_at: model.dateTime().nullable(),
    void_reason: model.text().nullable(),
    void_actor_type: model.text().nullable(),
    void_actor_id: model.text().nullable(),
    /** When its entry, and that of its voiding, was written into the account's ledger. */
    posted_at: model.dateTime().nullable(),
    void_posted_at: model.dateTime().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
  })
  .indexes([
    { on: ["invoice_id"] },
    { on: ["account_id", "charged_at"] },
    { on: ["store_id", "created_at"] },
    {
      name: "IDX_wholesale_late_charge_open",
      on: ["account_id"],
      where: "settled_total < amount AND voided_at IS NULL",
    },
    {
      name: "IDX_wholesale_late_charge_unposted",
      on: ["id"],
      where: "(posted_at IS NULL OR (voided_at IS NOT NULL AND void_posted_at IS NULL))",
    },
  ])
