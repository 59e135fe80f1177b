import { model } from "@medusajs/framework/utils"

import { DECISION_KINDS } from "../domain/hold"

/** What a person decided about a held order, with the figures that stood then. Rows are only ever added. */
export const WholesaleCreditDecision = model
  .define("wholesale_credit_decision", {
    id: model.id({ prefix: "whcreddec" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    order_id: model.text(),
    kind: model.enum([...DECISION_KINDS]),
    /** Whether what goes on is beyond the hard line. */
    is_override: model.boolean().default(false),
    /** What goes on, of a partial decision and of an approval; null when declined. */
    amount: model.bigNumber().nullable(),
    /** Of a partial decision: the order in which the rest waits. */
    child_order_id: model.text().nullable(),
    reason: model.text(),
    /** The reasons that held it, as they stood, for what goes on. */
    figures: model.json(),
    actor_type: model.text(),
    actor_id: model.text(),
    decided_at: model.dateTime(),
  })
  .indexes([{ on: ["order_id"] }, { on: ["store_id", "id"] }])
