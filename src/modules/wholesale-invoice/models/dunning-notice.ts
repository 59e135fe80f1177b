import { model } from "@medusajs/framework/utils"

/** A level that an invoice has reached: its reminder and what was charged with it, once. */
export const WholesaleDunningNotice = model
  .define("wholesale_dunning_notice", {
    id: model.id({ prefix: "whdun" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    invoice_id: model.text(),
    level: model.number(),
    days_late: model.number(),
    reached_at: model.dateTime(),
    /** Until the account was told, or needs no telling: when the next attempt is due. */
    notice_due_at: model.dateTime().nullable(),
    notice_attempts: model.number().default(0),
  })
  .indexes([
    { on: ["invoice_id", "level"], unique: true },
    { name: "IDX_wholesale_dunning_notice_due", on: ["notice_due_at"], where: "notice_due_at IS NOT NULL" },
  ])
