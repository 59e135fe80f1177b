import { model } from "@medusajs/framework/utils"

import { MIRROR_STATUSES } from "../domain/mirror-machine"

/**
 * The core order that shows a paid invoice among the store's ordinary orders. An invoice that is opened
 * again and paid again gets another one, in the next round.
 */
export const WholesaleMirror = model
  .define("wholesale_mirror", {
    id: model.id({ prefix: "whmir" }).primaryKey(),
    store_id: model.text(),
    invoice_id: model.text(),
    order_id: model.text(),
    /** 1 for the first time that the invoice is paid. */
    round: model.number().default(1),
    core_order_id: model.text(),
    status: model.enum([...MIRROR_STATUSES]),
    total: model.bigNumber(),
    refunded_total: model.bigNumber().default(0),
    made_at: model.dateTime().nullable(),
    reversed_at: model.dateTime().nullable(),
    /** When its core order, where one was made, was taken back. */
    core_reversed_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["invoice_id", "order_id", "round"], unique: true },
    {
      name: "IDX_wholesale_mirror_live_unique",
      on: ["invoice_id", "order_id"],
      unique: true,
      where: "status <> 'reversed'",
    },
    { on: ["core_order_id"], unique: true },
    { on: ["order_id"] },
    { on: ["store_id", "created_at"] },
    { name: "IDX_wholesale_mirror_pending", on: ["id"], where: "status = 'pending'" },
    {
      name: "IDX_wholesale_mirror_reversing",
      on: ["id"],
      where: "status = 'reversed' AND made_at IS NOT NULL AND core_reversed_at IS NULL",
    },
  ])
