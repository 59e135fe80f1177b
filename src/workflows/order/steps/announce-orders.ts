import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { Order } from "../../../modules/wholesale-order/persistence/rows"
import { announceOrdersOf } from "../../../trade/announce-orders"

/** Sends all orders of the purchase order behind an order; what could not be sent the sweeper sends. */
export const announceOrdersStep = createStep(
  "wholesale-announce-orders",
  async (order: Pick<Order, "store_id" | "connection_id" | "purchase_order_id">, { container }) => {
    await announceOrdersOf(container, order)
    return new StepResponse()
  }
)
