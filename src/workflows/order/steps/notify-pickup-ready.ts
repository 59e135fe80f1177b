import type { INotificationModuleService, Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_ACCOUNT } from "../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../modules/wholesale-account/service"
import type { Order } from "../../../modules/wholesale-order/persistence/rows"

/** Template of the message; a provider of Medusa's notification module on channel `email` renders it. */
export const PICKUP_READY_TEMPLATE = "wholesale-order-ready-for-pickup"

/**
 * Tells the buyer that the goods wait, where and when. Once an order and revision. A provider that
 * fails, or none on the channel, is logged and holds nothing up.
 */
export const notifyPickupReadyStep = createStep(
  "wholesale-notify-pickup-ready",
  async ({ order, event }: { order: Order; event: string }, { container }) => {
    if (event !== "make_ready_for_pickup") {
      return new StepResponse()
    }
    const account = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .accountOf(order.store_id, order.account_id)
    if (!account.email) {
      return new StepResponse()
    }
    try {
      await container.resolve<INotificationModuleService>(Modules.NOTIFICATION).createNotifications({
        to: account.email,
        channel: "email",
        template: PICKUP_READY_TEMPLATE,
        idempotency_key: `${PICKUP_READY_TEMPLATE}:${order.id}:${order.revision}`,
        resource_type: "wholesale_order",
        resource_id: order.id,
        data: {
          company_name: account.company_name,
          order_number: order.number,
          purchase_order_number: order.purchase_order_number,
          pickup_place: order.pickup_place,
          pickup_at: order.pickup_at,
        },
      })
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `The buyer of order ${order.number} was not told that it is ready: ${error instanceof Error ? error.message : String(error)}`
        )
    }
    return new StepResponse()
  }
)
