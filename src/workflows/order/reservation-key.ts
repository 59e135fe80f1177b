import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { OrderOperation } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { effectKey } from "./order-keys"

type Placement = Pick<OrderOperation, "id" | "verb" | "status">

/**
 * The placement of an order that counts: the latest. An earlier one was undone, its credit given back
 * under its own key, and its draft removed.
 */
export async function placementOf(
  container: MedusaContainer,
  { id, store_id }: { readonly id: string; readonly store_id: string }
): Promise<Placement> {
  const placement = await latestPlacement(container, { id, store_id })
  if (!placement) {
    throw new Error(`Order ${id} was never placed.`)
  }
  return placement
}

/**
 * The name under which the order's credit is reserved, posted and given back: of its placement, or of the
 * order itself where it was never placed but split off another.
 */
export async function reservationKey(
  container: MedusaContainer,
  order: { readonly id: string; readonly store_id: string }
): Promise<string> {
  const placement = await latestPlacement(container, order)
  return placement ? placementReservationKey(placement.id) : childReservationKey(order.id)
}

export const placementReservationKey = (operationId: string) => effectKey(operationId, "reserve")

export const childReservationKey = (orderId: string) => effectKey(orderId, "reserve")

async function latestPlacement(
  container: MedusaContainer,
  { id, store_id }: { readonly id: string; readonly store_id: string }
): Promise<Placement | undefined> {
  const [placement] = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .listWholesaleOrderOperations(
      { order_id: id, store_id, verb: "place" },
      { take: 1, select: ["id", "verb", "status"], order: { created_at: "DESC" } }
    )
  return placement
}
