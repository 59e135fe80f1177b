import type { MedusaContainer } from "@medusajs/framework/types"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type { WaitingOrder } from "../../modules/wholesale-credit/holds/rows"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { OrderHold } from "../../modules/wholesale-order/persistence/holds"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { announce } from "../../trade/announce"
import { sendCreditNotices } from "./send-credit-notices"

/** How an order shows why it waits. */
export function orderHold(holds: WaitingOrder["holds"]): OrderHold {
  return {
    kinds: holds.map(({ kind }) => kind),
    figures: { reasons: holds.map(({ kind, basis, figures }) => ({ kind, basis, figures })) },
  }
}

/**
 * Marks orders as held or released, as the credit ledger has them now, and tells partners, credit manager
 * and sales representative. The marks are a copy for people: running it again changes nothing.
 */
export async function showHolds(
  container: MedusaContainer,
  { store_id, order_ids, reason, actor }: {
    readonly store_id: string
    readonly order_ids: readonly string[]
    /** What a person gave as the reason for releasing them. */
    readonly reason?: string
    readonly actor: Actor
  }
): Promise<void> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const [pending, waiting] = await Promise.all([
    orders.listWholesaleOrders(
      { id: [...order_ids], store_id, status: "pending" },
      { select: ["id", "held_at", "connection_id"] }
    ),
    container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .waitingOrders({ store_id, order_ids }),
  ])
  const holdsOf = new Map(waiting.map((order) => [order.order_id, order.holds]))
  for (const { id, held_at, connection_id } of pending) {
    const holds = holdsOf.get(id)
    if (holds) {
      await orders.markHeld({ id, store_id, ...orderHold(holds), actor })
    } else if (held_at) {
      await orders.markReleased({ id, store_id, figures: {}, reason, actor })
    }
    if (connection_id && (holds || held_at)) {
      await announce(container, { type: "order", id })
    }
  }
  await sendCreditNotices(container, { order_ids })
}
