import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { PurchaseOrderStatus } from "../domain/purchase-order-machine"
import { lockPurchaseOrder, moveByEvent } from "./purchase-order-row"

export interface PurchaseOrderState {
  readonly id: string
  readonly status: PurchaseOrderStatus
  readonly revision: number
}

/** See `WholesalePurchaseModuleService.requestCancel`. */
export async function requestCancel(
  em: EntityManager,
  { store_id, id, reason, actor }: { store_id: string; id: string; reason: string; actor: Actor }
): Promise<PurchaseOrderState> {
  const row = await lockPurchaseOrder(em, { store_id, id })
  const moved = await moveByEvent(em, row, {
    event: "request_cancel",
    actor,
    reason,
    raiseRevision: true,
    set: {
      cancel_requested_at: new Date(),
      cancel_request_reason: reason,
      cancel_answer: null,
    },
  })
  return { id, status: moved.status, revision: moved.revision }
}

/** See `WholesalePurchaseModuleService.close`. */
export async function close(
  em: EntityManager,
  { store_id, id, actor }: { store_id: string; id: string; actor: Actor }
): Promise<PurchaseOrderState> {
  const row = await lockPurchaseOrder(em, { store_id, id })
  const [pending] = await em.execute<{ id: string }[]>(
    `select id from "wholesale_receipt" where purchase_order_id = ? and status = 'pending' limit 1`,
    [id]
  )
  if (pending) {
    throw new WholesaleError(
      409,
      "receipt_pending",
      `Purchase order ${row.number ?? id} has a receipt whose stock is being raised. Close it after that.`,
      { id, receipt_id: pending.id }
    )
  }
  const moved = await moveByEvent(em, row, { event: "close", actor })
  return { id, status: moved.status, revision: moved.revision }
}
