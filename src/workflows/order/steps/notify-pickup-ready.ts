import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { Order } from "../../../modules/wholesale-order/persistence/rows"
import { sendPickupNotice } from "../send-pickup-notice"

/**
 * Tells the buyer that the goods wait. A provider that fails, or none on the channel, is logged and
 * holds nothing up: the notice stays due on the order, and the sweeper sends it.
 */
export const notifyPickupReadyStep = createStep(
  "wholesale-notify-pickup-ready",
  async ({ order, event }: { order: Order; event: string }, { container }) => {
    if (event !== "make_ready_for_pickup") {
      return new StepResponse()
    }
    try {
      await sendPickupNotice(container, order, 0)
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `The buyer of order ${order.number} was not told yet that it is ready: ${error instanceof Error ? error.message : String(error)}`
        )
    }
    return new StepResponse()
  }
)
