import type { INotificationModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { DuePickupNotice } from "../../modules/wholesale-order/persistence/pickup-notices"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { cameThrough, noticeKey } from "../notice-attempts"

/** Template of the message; a provider of Medusa's notification module on channel `email` renders it. */
export const PICKUP_READY_TEMPLATE = "wholesale-order-ready-for-pickup"

/**
 * Tells the buyer that the goods wait, where and when, and notes that nobody is to be told any more.
 * Nothing is sent to an account without an e-mail, nor where an earlier attempt came through.
 * Every attempt has a key of its own, see `noticeKey`.
 *
 * @returns whether a message was sent now
 * @throws whatever the provider throws, or that there is none on the channel; the notice stays due
 */
export async function sendPickupNotice(
  container: MedusaContainer,
  notice: DuePickupNotice
): Promise<boolean> {
  const { id, store_id, account_id, pickup_notice_attempts: attempt } = notice
  const { email, company_name } = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .accountOf(store_id, account_id)
  const notifications = container.resolve<INotificationModuleService>(Modules.NOTIFICATION)
  const to = (await cameThrough(notifications, PICKUP_READY_TEMPLATE, id, attempt)) ? null : email
  if (to) {
    await notifications.createNotifications({
      to,
      channel: "email",
      template: PICKUP_READY_TEMPLATE,
      idempotency_key: noticeKey(PICKUP_READY_TEMPLATE, id, attempt),
      resource_type: "wholesale_order",
      resource_id: id,
      data: {
        company_name,
        order_number: notice.number,
        purchase_order_number: notice.purchase_order_number,
        pickup_place: notice.pickup_place,
        pickup_at: notice.pickup_at,
      },
    })
  }
  await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .settlePickupNotice({ id, store_id })
  return Boolean(to)
}
