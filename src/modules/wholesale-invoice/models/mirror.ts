import { model } from "@medusajs/framework/utils"

import { MIRROR_STATUSES } from "../domain/mirror-machine"

/** The core order that shows a paid invoice among the store's ordinary orders. */
export const WholesaleMirror = model
  .define("wholesale_mirror", {
    id: model.id({ prefix: "whmir" }).primaryKey(),
    store_id: model.text(),
    invoice_id: model.text(),
    order_id: model.text(),
    core_order_id: model.text(),
    status: model.enum([...MIRROR_STATUSES]),
    total: model.bigNumber(),
    refunded_total: model.bigNumber().default(0),
    made_at: model.dateTime().nullable(),
    reversed_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["invoice_id", "order_id"], unique: true },
    { on: ["core_order_id"], unique: true },
    { on: ["order_id"] },
    { on: ["store_id", "created_at"] },
    { name: "IDX_wholesale_mirror_pending", on: ["id"], where: "status = 'pending'" },
  ])
