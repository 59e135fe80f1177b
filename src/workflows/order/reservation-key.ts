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
  const [placement] = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .listWholesaleOrderOperations(
      { order_id: id, store_id, verb: "place" },
      { take: 1, select: ["id", "verb", "status"], order: { created_at: "DESC" } }
    )
  if (!placement) {
    throw new Error(`Order ${id} was never placed.`)
  }
  return placement
}

/** The name under which the order's credit is reserved, posted and given back. */
export async function reservationKey(
  container: MedusaContainer,
  order: { readonly id: string; readonly store_id: string }
): Promise<string> {
  return placementReservationKey((await placementOf(container, order)).id)
}

export const placementReservationKey = (operationId: string) => effectKey(operationId, "reserve")
