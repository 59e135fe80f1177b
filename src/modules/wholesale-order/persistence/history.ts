import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import type { OrderStatus } from "../domain/order-machine"

export interface HistoryEntry {
  /** Given where the entry must not be written twice. */
  readonly id?: string
  readonly store_id: string
  readonly order_id: string
  readonly event: string
  readonly from: OrderStatus | null
  readonly to: OrderStatus
  readonly actor: Actor
  readonly reason?: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly at: Date
}

/** Adds to an order's history; false when an entry of this id is there already. */
export async function recordHistory(em: EntityManager, entry: HistoryEntry): Promise<boolean> {
  const { id, store_id, order_id, event, from, to, actor, reason, details, at } = entry
  const written = await em.execute<{ id: string }[]>(
    `insert into "wholesale_order_event"
       (id, store_id, order_id, event, "from", "to", actor_type, actor_id, reason, details, at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?) on conflict do nothing returning id`,
    [
      generateEntityId(id, "whordev"),
      store_id,
      order_id,
      event,
      from,
      to,
      actor.actor_type,
      actor.actor_id,
      reason ?? null,
      details ? JSON.stringify(details) : null,
      at,
    ]
  )
  return written.length > 0
}

/** Whether an event was written under this id; no id names none. */
export async function isInHistory(
  em: EntityManager,
  { id, order_id }: { readonly id: string | undefined; readonly order_id: string }
): Promise<boolean> {
  if (id === undefined) {
    return false
  }
  const found = await em.execute<{ id: string }[]>(
    `select id from "wholesale_order_event" where id = ? and order_id = ?`,
    [id, order_id]
  )
  return found.length > 0
}
