import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { messageOf } from "../../lib/errors/message-of"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { sendPickupNotice } from "../order/send-pickup-notice"
import type { Repair } from "./repair"

/**
 * Tells buyers that their goods wait, where whoever made them ready did not: the process died, or the
 * provider failed. What fails is logged and tried again later, until the goods are picked up or the
 * order is cancelled.
 *
 * @param before also notices that became due before that time and may still be on their way
 */
export async function sendPickupNotices(container: MedusaContainer, before?: Date): Promise<Repair[]> {
  const due = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .takeOverPickupNotices({ before })
  const repaired: Repair[] = []
  for (const order of due) {
    try {
      if (await sendPickupNotice(container, order)) {
        repaired.push({
          store_id: order.store_id,
          done: `the buyer of order ${order.number} was told that it is ready`,
        })
      }
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `The buyer of order ${order.number} was not told that it is ready: ${messageOf(error)}`
        )
    }
  }
  return repaired
}
