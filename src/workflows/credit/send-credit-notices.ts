import type { INotificationModuleService, Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { messageOf } from "../../lib/errors/message-of"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type { CreditNotice, TakeNoticesInput } from "../../modules/wholesale-credit/holds/notices"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"

/** Template of the message; `data.event` says what happened. Rendered by a provider on channel `email`. */
export const CREDIT_NOTICE_TEMPLATE = "wholesale-credit-hold"

/**
 * Tells the store's credit manager and the account's sales representative of orders that are held, released
 * or decided about. A notice that fails is logged and stays due; it is tried again later, each time later.
 *
 * @returns lines to read, one for each notice that went out
 */
export async function sendCreditNotices(
  container: MedusaContainer,
  input: TakeNoticesInput = {}
): Promise<{ store_id: string; done: string }[]> {
  const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
  const sent: { store_id: string; done: string }[] = []
  for (const notice of await credit.takeNotices(input)) {
    try {
      const told = await tell(container, notice)
      await credit.settleNotice(notice)
      if (told.length) {
        sent.push({
          store_id: notice.store_id,
          done: `${told.join(" and ")} were told that order ${notice.order_id} is ${notice.event.replace("_", " ")}`,
        })
      }
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `Nobody was told that order ${notice.order_id} is ${notice.event}: ${messageOf(error)}`
        )
    }
  }
  return sent
}

/**
 * One message a person. Every attempt has a key of its own: Medusa keeps a message before it hands it to the
 * provider and answers the same key as if it had been sent, so that somebody may be told twice, and is never
 * left untold.
 */
async function tell(container: MedusaContainer, notice: CreditNotice): Promise<string[]> {
  const { id, store_id, account_id, order_id, event, details, attempts } = notice
  const [store, account, [order]] = await Promise.all([
    container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .retrieveWholesaleStore(store_id, { select: ["id", "name", "credit_manager_email"] }),
    container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT).accountOf(store_id, account_id),
    container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .listWholesaleOrders({ id: order_id, store_id }, { select: ["id", "number"] }),
  ])
  const people = [
    ...new Set([store.credit_manager_email, account.sales_rep_email].filter((to): to is string => Boolean(to))),
  ]
  if (people.length) {
    await container.resolve<INotificationModuleService>(Modules.NOTIFICATION).createNotifications(
      people.map((to) => ({
        to,
        channel: "email",
        template: CREDIT_NOTICE_TEMPLATE,
        idempotency_key: `${CREDIT_NOTICE_TEMPLATE}:${id}:${attempts}:${to}`,
        resource_type: "wholesale_order",
        resource_id: order_id,
        data: {
          event,
          store_name: store.name,
          company_name: account.company_name,
          order_id,
          order_number: order?.number ?? null,
          ...details,
        },
      }))
    )
  }
  return people
}
