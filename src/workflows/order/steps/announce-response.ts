import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_ORDER } from "../../../modules/wholesale-order"
import type { Order } from "../../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../../modules/wholesale-order/service"
import { announce } from "../../../trade/announce"

/**
 * Sends the answer to the purchase order that an order came from; what could not be sent the sweeper
 * sends. Nothing happens for an order that no partner's purchase order stands behind.
 */
export const announceResponseStep = createStep(
  "wholesale-announce-order-response",
  async (
    { connection_id, purchase_order_id }: Pick<Order, "connection_id" | "purchase_order_id">,
    { container }
  ) => {
    const response =
      connection_id &&
      purchase_order_id &&
      (await container
        .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
        .orderResponse({ connection_id, purchase_order_id }))
    if (response) {
      await announce(container, { type: "order_response", id: response.id })
    }
    return new StepResponse()
  }
)
