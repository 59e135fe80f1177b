import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import { lockOrder, type OrderKey } from "./reads"
import { ORDER_COLUMNS, type Order } from "./rows"

export interface PurchaseOrderKey {
  readonly store_id: string
  readonly connection_id: string
  readonly purchase_order_id: string
}

/** What one purchase order became: an order and what was split off it. */
export interface OrdersOfPurchaseOrder {
  /** The one that was asked for. */
  readonly order: Order
  /** With it, oldest first. */
  readonly all: readonly Order[]
}

/** See `WholesaleOrderModuleService.ordersOfPurchaseOrder`. */
export async function readOrdersOfPurchaseOrder(
  em: EntityManager,
  key: PurchaseOrderKey
): Promise<Order[]> {
  return await em.execute<Order[]>(
    `select ${ORDER_COLUMNS} from "wholesale_order"
     where store_id = ? and connection_id = ? and purchase_order_id = ? and deleted_at is null
     order by created_at, id`,
    [key.store_id, key.connection_id, key.purchase_order_id]
  )
}

/**
 * Reads an order and all others of its purchase order, and locks them until the transaction ends: in
 * the order of their ids, so that two that come by different orders take turns. An order that no
 * partner's purchase order stands behind is alone.
 */
export async function lockOrdersOfPurchaseOrder(
  em: EntityManager,
  key: OrderKey
): Promise<OrdersOfPurchaseOrder> {
  const [found] = await em.execute<Pick<Order, "connection_id" | "purchase_order_id">[]>(
    `select connection_id, purchase_order_id from "wholesale_order"
     where id = ? and store_id = ? and deleted_at is null`,
    [key.id, key.store_id]
  )
  if (!found) {
    throw notFound("order", key.id)
  }
  const { connection_id, purchase_order_id } = found
  if (!connection_id || !purchase_order_id) {
    const order = await lockOrder(em, key)
    return { order, all: [order] }
  }
  const of = { store_id: key.store_id, connection_id, purchase_order_id }
  await lockUntilNoneIsNew(em, of)
  const all = await readOrdersOfPurchaseOrder(em, of)
  const order = all.find(({ id }) => id === key.id)
  if (!order) {
    throw notFound("order", key.id)
  }
  return { order, all }
}

/** An order that was being split while it was waited for has a child that the statement did not see. */
async function lockUntilNoneIsNew(em: EntityManager, key: PurchaseOrderKey): Promise<void> {
  let locked = 0
  for (;;) {
    const rows = await em.execute<{ id: string }[]>(
      `select id from "wholesale_order"
       where store_id = ? and connection_id = ? and purchase_order_id = ? and deleted_at is null
       order by id for update`,
      [key.store_id, key.connection_id, key.purchase_order_id]
    )
    if (rows.length === locked) {
      return
    }
    locked = rows.length
  }
}
