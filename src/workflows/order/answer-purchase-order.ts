import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { OrderAnswer } from "../../modules/wholesale-order/domain/order-answer"
import type { Refusal } from "../../modules/wholesale-order/persistence/operations"
import type { Order } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { announce } from "../../trade/announce"

/**
 * Answers the purchase order that an order came from, or the wish to cancel it, and sends the answer.
 * Nothing happens for an order that no partner's purchase order stands behind.
 */
export async function answerPurchaseOrder(
  container: MedusaContainer,
  order: Pick<Order, "id" | "store_id" | "connection_id" | "purchase_order_id">,
  answer: OrderAnswer,
  refusal: Refusal | null = null
): Promise<void> {
  const { id, store_id, connection_id, purchase_order_id } = order
  if (!connection_id || !purchase_order_id) {
    return
  }
  const response = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .answerPurchaseOrder({ store_id, connection_id, purchase_order_id, answer, order_id: id, refusal })
  await announce(container, { type: "order_response", id: response.id })
}
