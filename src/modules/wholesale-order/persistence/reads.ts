import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import { allowedOrderEvents } from "../domain/order-machine"
import {
  CHARGE_COLUMNS,
  EVENT_COLUMNS,
  LINE_COLUMNS,
  ORDER_COLUMNS,
  PART_COLUMNS,
  SHIPMENT_COLUMNS,
  type Order,
  type OrderCharge,
  type OrderDocument,
  type OrderHistoryEntry,
  type OrderLine,
  type OrderPartRef,
  type OrderShipment,
} from "./rows"

export interface OrderKey {
  readonly id: string
  readonly store_id: string
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

export async function chargesOf(em: EntityManager, orderId: string): Promise<OrderCharge[]> {
  return await em.execute<OrderCharge[]>(
    `select ${CHARGE_COLUMNS} from "wholesale_order_charge"
     where order_id = ? and deleted_at is null order by charge_number`,
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

/**
 * See `WholesaleOrderModuleService.retrieveOrder`. One statement, so that all parts are of one revision
 * without a transaction around them; times inside of them come as text.
 */
export async function readOrderDocument(
  em: EntityManager,
  { id, store_id, account_id }: OrderKey & { readonly account_id?: string }
): Promise<OrderDocument> {
  const [order] = await em.execute<(Order & PartsOfOrder)[]>(
    `select ${ORDER_COLUMNS},
       (select to_json(part) from (
          select ${PART_COLUMNS} from "wholesale_order"
          where id = "order".parent_id and deleted_at is null) as part) as parent,
       (select coalesce(json_agg(part order by part.created_at, part.id), '[]') from (
          select ${PART_COLUMNS}, created_at from "wholesale_order"
          where parent_id = "order".id and deleted_at is null) as part) as children,
       (select coalesce(json_agg(line order by line.line_number), '[]') from (
          select ${LINE_COLUMNS} from "wholesale_order_line"
          where order_id = "order".id and deleted_at is null) as line) as lines,
       (select coalesce(json_agg(charge order by charge.charge_number), '[]') from (
          select ${CHARGE_COLUMNS} from "wholesale_order_charge"
          where order_id = "order".id and deleted_at is null) as charge) as charges,
       (select coalesce(json_agg(shipment order by shipment.sequence), '[]') from (
          select ${SHIPMENT_COLUMNS} from "wholesale_order_shipment"
          where order_id = "order".id and deleted_at is null) as shipment) as shipments,
       (select coalesce(json_agg(entry order by entry.created_at, entry.id), '[]') from (
          select ${EVENT_COLUMNS}, created_at from "wholesale_order_event"
          where order_id = "order".id and deleted_at is null) as entry) as events
     from "wholesale_order" as "order"
     where id = ? and store_id = ? and deleted_at is null
       ${account_id === undefined ? "" : "and account_id = ?"}`,
    [id, store_id, ...(account_id === undefined ? [] : [account_id])]
  )
  if (!order) {
    throw notFound("order", id)
  }
  return {
    ...order,
    children: order.children.map(({ created_at: _, ...child }) => child),
    shipments: order.shipments.map(({ shipped_at, delivered_at, ...shipment }) => ({
      ...shipment,
      shipped_at: new Date(shipped_at),
      delivered_at: delivered_at && new Date(delivered_at),
    })),
    events: order.events.map(({ created_at: _, at, ...event }) => ({ ...event, at: new Date(at) })),
    allowed_events: allowedOrderEvents(order),
  }
}

interface PartsOfOrder {
  readonly parent: OrderPartRef | null
  readonly children: readonly (OrderPartRef & { readonly created_at: Date })[]
  readonly lines: readonly OrderLine[]
  readonly charges: readonly OrderCharge[]
  readonly shipments: readonly OrderShipment[]
  readonly events: readonly (OrderHistoryEntry & { readonly created_at: Date })[]
}
