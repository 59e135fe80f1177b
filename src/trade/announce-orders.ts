import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_ORDER } from "../modules/wholesale-order"
import type { Order } from "../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../modules/wholesale-order/service"
import { announce } from "./announce"

/**
 * Sends the orders of a purchase order that the partner does not have as they are now: a verb on one of
 * them may change all. Nothing happens for an order that no partner's purchase order stands behind.
 */
export async function announceOrdersOf(
  container: MedusaContainer,
  { store_id, connection_id, purchase_order_id }: Pick<Order, "store_id" | "connection_id" | "purchase_order_id">
): Promise<void> {
  if (!connection_id || !purchase_order_id) {
    return
  }
  const orders = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .ordersOfPurchaseOrder({ store_id, connection_id, purchase_order_id })
  for (const { id, revision, announced_revision } of orders) {
    if (revision > announced_revision) {
      await announce(container, { type: "order", id })
    }
  }
}
