import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { SYSTEM_ACTOR } from "../../lib/actor/actor"
import { messageOf } from "../../lib/errors/message-of"
import { everyRow } from "../../lib/sql/key-page"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { recheckCredit } from "../credit/recheck-credit"
import { sendCreditNotices } from "../credit/send-credit-notices"
import { showHolds } from "../credit/show-holds"
import type { Repair } from "./repair"

const PAGE = 100

/**
 * Looks anew at every order that waits for credit, sends the notices that nobody got, and takes the mark
 * off orders that wait no more: what the verbs do at once, where one of them did not come that far. An
 * account that fails is logged and left for next time.
 */
export async function recheckHeldOrders(container: MedusaContainer): Promise<Repair[]> {
  return [
    ...(await recheckAccounts(container)),
    ...(await unmarkOrders(container)),
    ...(await sendCreditNotices(container)),
  ]
}

async function recheckAccounts(container: MedusaContainer): Promise<Repair[]> {
  const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
  const repaired: Repair[] = []
  for await (const { store_id, account_id } of everyRow((page) => credit.accountsWithHolds(page))) {
    try {
      const released = await recheckCredit(container, { store_id, account_id, actor: SYSTEM_ACTOR })
      repaired.push(...released.map((id) => ({ store_id, done: `order ${id} was released to its credit` })))
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `The orders that wait for credit on account ${account_id} could not be looked at: ${messageOf(error)}`
        )
    }
  }
  return repaired
}

/** Orders are marked after the ledger: a process that died in between leaves marks that are not true any more. */
async function unmarkOrders(container: MedusaContainer): Promise<Repair[]> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
  const repaired: Repair[] = []
  let after = ""
  for (;;) {
    const marked = await orders.listWholesaleOrders(
      { id: { $gt: after }, status: "pending", held_at: { $ne: null } },
      { select: ["id", "store_id"], take: PAGE, order: { id: "ASC" } }
    )
    for (const store_id of new Set(marked.map((order) => order.store_id))) {
      const order_ids = marked.filter((order) => order.store_id === store_id).map(({ id }) => id)
      const waiting = await credit.waitingOrders({ store_id, order_ids })
      const waits = new Set(waiting.map(({ order_id }) => order_id))
      const free = order_ids.filter((id) => !waits.has(id))
      if (free.length > 0) {
        await showHolds(container, { store_id, order_ids: free, actor: SYSTEM_ACTOR })
        repaired.push(...free.map((id) => ({ store_id, done: `order ${id} is shown as waiting no more` })))
      }
    }
    if (marked.length < PAGE) {
      return repaired
    }
    after = marked[marked.length - 1].id
  }
}
