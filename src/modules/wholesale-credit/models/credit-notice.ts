import { model } from "@medusajs/framework/utils"

import { NOTICE_EVENTS } from "../domain/hold"

/**
 * Something about a held order that people are to be told. Written with what it tells in one
 * transaction, so that no crash swallows it; whoever sends it takes it first.
 */
export const WholesaleCreditNotice = model
  .define("wholesale_credit_notice", {
    id: model.id({ prefix: "whcrednot" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    order_id: model.text(),
    event: model.enum([...NOTICE_EVENTS]),
    /** The order's amount, the holds with their figures, the decision's reason: as they stood. */
    details: model.json(),
    /** Lease and back-off in one; null once it is sent. */
    due_at: model.dateTime().nullable(),
    attempts: model.number().default(0),
    sent_at: model.dateTime().nullable(),
  })
  .indexes([
    { name: "IDX_wholesale_credit_notice_due", on: ["due_at"], where: "due_at IS NOT NULL" },
    { on: ["order_id"] },
  ])
