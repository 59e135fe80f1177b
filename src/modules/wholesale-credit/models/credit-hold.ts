import { model } from "@medusajs/framework/utils"

import { HOLD_BASES, HOLD_KINDS, HOLD_STATUSES } from "../domain/hold"

/**
 * One reason why an order waits for credit, or, without an order, why all new orders of an account do.
 * An order with an active hold has no credit reserved; what release is to reserve, and under which
 * name, stands on each of its holds.
 */
export const WholesaleCreditHold = model
  .define("wholesale_credit_hold", {
    id: model.id({ prefix: "whcredhold" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    order_id: model.text().nullable(),
    kind: model.enum([...HOLD_KINDS]),
    /** Whose rule holds: the account's, its group's, or a person's for this order. */
    basis: model.enum([...HOLD_BASES]),
    status: model.enum([...HOLD_STATUSES]).default("active"),
    figures: model.json(),
    /** A person's, of a manual hold. */
    reason: model.text().nullable(),
    /** What the order asks for; null without an order, as the three below. */
    amount: model.bigNumber().nullable(),
    reservation_key: model.text().nullable(),
    is_prepaid: model.boolean().default(false),
    /** Since when the order waits, through changes of its reasons: its place in the queue. */
    waiting_since: model.dateTime(),
    placed_at: model.dateTime(),
    actor_type: model.text(),
    actor_id: model.text(),
    ended_at: model.dateTime().nullable(),
    end_reason: model.text().nullable(),
    ended_by_type: model.text().nullable(),
    ended_by_id: model.text().nullable(),
  })
  .indexes([
    {
      name: "IDX_wholesale_credit_hold_active_order",
      on: ["order_id", "kind", "basis"],
      unique: true,
      where: "status = 'active' AND order_id IS NOT NULL",
    },
    {
      name: "IDX_wholesale_credit_hold_active_account",
      on: ["account_id"],
      unique: true,
      where: "status = 'active' AND order_id IS NULL",
    },
    { name: "IDX_wholesale_credit_hold_waiting", on: ["account_id"], where: "status = 'active'" },
    { on: ["reservation_key"], where: "reservation_key IS NOT NULL" },
    { on: ["order_id"], where: "order_id IS NOT NULL" },
    { on: ["store_id", "status", "id"] },
  ])
