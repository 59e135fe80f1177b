import type { MedusaContainer } from "@medusajs/framework/types"

import { SYSTEM_ACTOR } from "../../lib/actor/actor"
import { asWholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { OrderOperation } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { releaseStock } from "../stock/release-stock"
import { effectKey, orderReference, orderStockReference } from "./order-keys"
import { placementReservationKey, reservationKey } from "./reservation-key"

/** The verbs whose effects can be given back. The others only go forward: goods that left have left. */
const UNDOABLE = {
  place: undoPlacement,
  approve: undoApproval,
} as const

export function isUndoable(verb: string): verb is keyof typeof UNDOABLE {
  return verb in UNDOABLE
}

/**
 * Gives back what an operation did and closes it as refused. It is turned round first, so that after
 * a crash recovery goes on giving back and never forward again. Every give-back is keyed: doing it
 * again gives nothing back twice. An operation that is closed already is left alone.
 */
export async function undoOperation(
  container: MedusaContainer,
  { id, store_id }: Pick<OrderOperation, "id" | "store_id">
): Promise<void> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const operation = await orders.retrieveWholesaleOrderOperation(id)
  if (operation.status === "done" || operation.status === "refused" || !isUndoable(operation.verb)) {
    return
  }
  if (operation.status === "running") {
    const refusal = { code: "undone", message: `A later step of ${operation.verb} was refused.` }
    await orders.undoOperation({ id, store_id, refusal })
  }
  await UNDOABLE[operation.verb](container, { id, store_id, order_id: operation.order_id })
}

type UndoableOperation = Pick<OrderOperation, "id" | "store_id" | "order_id">

async function undoPlacement(
  container: MedusaContainer,
  { id, store_id, order_id }: UndoableOperation
): Promise<void> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const [order] = await orders.listWholesaleOrders(
    { id: order_id, store_id },
    { select: ["id", "account_id"] }
  )
  if (order) {
    await unlessThere("not_found", () =>
      container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).void({
        store_id,
        account_id: order.account_id,
        key: effectKey(id, "void"),
        reservation_key: placementReservationKey(id),
        reference: orderReference(order_id),
        actor: SYSTEM_ACTOR,
      })
    )
  }
  // The draft goes first: an operation that is closed is taken up by nobody, and would leave it.
  await orders.discardDraft({ id: order_id, store_id })
  await orders.refuseOperation({ id, store_id })
}

async function undoApproval(
  container: MedusaContainer,
  { id, store_id, order_id }: UndoableOperation
): Promise<void> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  await releaseStock(container, {
    ...orderStockReference(store_id, order_id),
    key: effectKey(id, "release"),
  })
  const { account_id } = await orders.retrieveWholesaleOrder(order_id, { select: ["id", "account_id"] })
  const reservation_key = await reservationKey(container, { id: order_id, store_id })
  await unlessThere("not_allowed", () =>
    container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).restore({
      store_id,
      account_id,
      key: effectKey(id, "restore"),
      reservation_key,
      reference: orderReference(order_id),
      actor: SYSTEM_ACTOR,
    })
  )
  await orders.refuseOperation({ id, store_id })
}

/** Credit that was not taken yet has nothing to give back, and says so with this code. */
async function unlessThere(code: string, giveBack: () => Promise<unknown>): Promise<void> {
  try {
    await giveBack()
  } catch (error) {
    if (asWholesaleError(error)?.code !== code) {
      throw error
    }
  }
}
