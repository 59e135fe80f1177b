import { model } from "@medusajs/framework/utils"

import { MIRROR_REFUND_STATUSES } from "../domain/mirror-machine"

/** What a credit note takes back from a mirror. */
export const WholesaleMirrorRefund = model
  .define("wholesale_mirror_refund", {
    id: model.id({ prefix: "whmirref" }).primaryKey(),
    store_id: model.text(),
    mirror_id: model.text(),
    credit_note_id: model.text(),
    amount: model.bigNumber(),
    status: model.enum([...MIRROR_REFUND_STATUSES]),
  })
  .indexes([
    { on: ["mirror_id", "credit_note_id"], unique: true },
    { on: ["credit_note_id"] },
    { name: "IDX_wholesale_mirror_refund_pending", on: ["id"], where: "status = 'pending'" },
  ])
