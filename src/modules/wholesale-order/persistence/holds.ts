import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { assertPending } from "../domain/assert-pending"
import type { HoldKind } from "../domain/hold"
import { recordHistory } from "./history"
import { finishOperation, operationIsDone } from "./operations"
import { lockOrder, type OrderKey } from "./reads"
import { ORDER_COLUMNS, type Order } from "./rows"

export interface OrderHold {
  readonly kinds: readonly HoldKind[]
  /** Why, for people to read in the history. */
  readonly figures: Readonly<Record<string, unknown>>
}

export interface MarkHeldInput extends OrderKey, OrderHold {
  readonly actor: Actor
  readonly at?: Date
}

export interface MarkReleasedInput extends OrderKey {
  readonly figures: OrderHold["figures"]
  /** What a person gave as the reason. */
  readonly reason?: string
  /** The intent row that this closes. */
  readonly operation_id?: string
  readonly actor: Actor
  readonly at?: Date
}

/** See `WholesaleOrderModuleService.markHeld`. */
export async function markHeld(em: EntityManager, input: MarkHeldInput): Promise<Order> {
  return await holdLocked(em, await lockOrder(em, input), input)
}

/** Marks an order that the transaction has locked. */
export async function holdLocked(
  em: EntityManager,
  order: Order,
  { kinds, figures, actor, at = new Date() }: Omit<MarkHeldInput, keyof OrderKey>
): Promise<Order> {
  assertPending(order, "hold")
  const hold = { kinds: [...new Set(kinds)].sort(), figures }
  if (await standsAlready(em, order, hold)) {
    return order
  }
  return await writeMarks(em, order, { held_at: order.held_at ?? at, hold_kinds: hold.kinds }, {
    event: "hold",
    actor,
    details: hold,
    at,
  })
}

/** See `WholesaleOrderModuleService.markReleased`. */
export async function markReleased(em: EntityManager, input: MarkReleasedInput): Promise<Order> {
  const order = await lockOrder(em, input)
  const { operation_id, figures, reason, actor, at = new Date() } = input
  if (operation_id !== undefined && !(await operationIsDone(em, order, operation_id))) {
    await finishOperation(em, { id: operation_id, store_id: order.store_id })
  }
  if (!order.held_at) {
    return order
  }
  return await writeMarks(em, order, { held_at: null, hold_kinds: null }, {
    event: "release",
    actor,
    reason,
    details: { kinds: order.hold_kinds, figures },
    at,
  })
}

/** The members of an order that no hold concerns any more. */
export const NOT_HELD = { held_at: null, hold_kinds: null }

/** Whether the last that its history says of holds is this one; a child inherits its marks without an entry. */
async function standsAlready(em: EntityManager, order: Order, hold: OrderHold): Promise<boolean> {
  if (!order.held_at) {
    return false
  }
  const [latest] = await em.execute<{ same: boolean }[]>(
    `select event = 'hold' and details = ?::jsonb as same from "wholesale_order_event"
     where order_id = ? and event in ('hold', 'release') and deleted_at is null
     order by created_at desc, id desc limit 1`,
    [JSON.stringify(hold), order.id]
  )
  return latest?.same ?? false
}

async function writeMarks(
  em: EntityManager,
  { id, store_id, status }: Order,
  { held_at, hold_kinds }: { held_at: Date | string | null; hold_kinds: readonly HoldKind[] | null },
  entry: Pick<Parameters<typeof recordHistory>[1], "event" | "actor" | "reason" | "details" | "at">
): Promise<Order> {
  const [changed] = await em.execute<Order[]>(
    `update "wholesale_order"
     set held_at = ?, hold_kinds = ?::jsonb, revision = revision + 1, updated_at = now()
     where id = ? returning ${ORDER_COLUMNS}`,
    [held_at, hold_kinds && JSON.stringify(hold_kinds), id]
  )
  await recordHistory(em, { store_id, order_id: id, from: status, to: status, ...entry })
  return changed
}
