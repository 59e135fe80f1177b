import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import { allowedOrderEvents } from "../domain/order-machine"
import {
  EVENT_COLUMNS,
  LINE_COLUMNS,
  ORDER_COLUMNS,
  SHIPMENT_COLUMNS,
  type Order,
  type OrderDocument,
  type OrderHistoryEntry,
  type OrderLine,
  type OrderShipment,
} from "./rows"

export interface OrderKey {
  readonly id: string
  readonly store_id: string
}

/** Reads one order; `account_id` narrows it to what a buyer may see. */
export async function readOrder(
  em: EntityManager,
  { id, store_id, account_id }: OrderKey & { readonly account_id?: string }
): Promise<Order> {
  const [order] = await em.execute<Order[]>(
    `select ${ORDER_COLUMNS} from "wholesale_order"
     where id = ? and store_id = ? and deleted_at is null
       ${account_id === undefined ? "" : "and account_id = ?"}`,
    [id, store_id, ...(account_id === undefined ? [] : [account_id])]
  )
  if (!order) {
    throw notFound("order", id)
  }
  return order
}

/** Reads one order and locks it until the transaction ends: verbs on one order take turns. */
export async function lockOrder(em: EntityManager, { id, store_id }: OrderKey): Promise<Order> {
  const [order] = await em.execute<Order[]>(
    `select ${ORDER_COLUMNS} from "wholesale_order"
     where id = ? and store_id = ? and deleted_at is null for update`,
    [id, store_id]
  )
  if (!order) {
    throw notFound("order", id)
  }
  return order
}

export async function linesOf(em: EntityManager, orderId: string): Promise<OrderLine[]> {
  return await em.execute<OrderLine[]>(
    `select ${LINE_COLUMNS} from "wholesale_order_line"
     where order_id = ? and deleted_at is null order by line_number`,
    [orderId]
  )
}

export async function shipmentsOf(em: EntityManager, orderId: string): Promise<OrderShipment[]> {
  return await em.execute<OrderShipment[]>(
    `select ${SHIPMENT_COLUMNS} from "wholesale_order_shipment"
     where order_id = ? and deleted_at is null order by sequence`,
    [orderId]
  )
}

export async function historyOf(em: EntityManager, orderId: string): Promise<OrderHistoryEntry[]> {
  return await em.execute<OrderHistoryEntry[]>(
    `select ${EVENT_COLUMNS} from "wholesale_order_event"
     where order_id = ? and deleted_at is null order by created_at, id`,
    [orderId]
  )
}

/** See `WholesaleOrderModuleService.retrieveOrder`. */
export async function readOrderDocument(
  em: EntityManager,
  key: OrderKey & { readonly account_id?: string }
): Promise<OrderDocument> {
  const order = await readOrder(em, key)
  return {
    ...order,
    lines: await linesOf(em, order.id),
    shipments: await shipmentsOf(em, order.id),
    events: await historyOf(em, order.id),
    allowed_events: allowedOrderEvents(order),
  }
}
