import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { messageOf } from "../../../lib/errors/message-of"
import { WHOLESALE_ORDER } from "../../../modules/wholesale-order"
import type { Order } from "../../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../../modules/wholesale-order/service"
import { sendPickupNotice } from "../send-pickup-notice"

/**
 * Tells the buyer that the goods wait, the first time it comes here. A provider that fails, or none on
 * the channel, is logged and holds nothing up: the notice stays due on the order, and the sweeper sends
 * it, as it does what a process that died had begun to send.
 */
export const notifyPickupReadyStep = createStep(
  "wholesale-notify-pickup-ready",
  async ({ order, event }: { order: Order; event: string }, { container }) => {
    if (event !== "make_ready_for_pickup") {
      return new StepResponse()
    }
    try {
      const notice = await container
        .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
        .takeFirstPickupNotice(order)
      if (notice) {
        await sendPickupNotice(container, notice)
      }
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `The buyer of order ${order.number} was not told yet that it is ready: ${messageOf(error)}`
        )
    }
    return new StepResponse()
  }
)
