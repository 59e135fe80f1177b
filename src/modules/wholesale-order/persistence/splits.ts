import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import { assertPending } from "../domain/assert-pending"
import { eventReason } from "../domain/event-reason"
import { splitOrderLines, type KeptLine, type OrderPart, type SplitReason } from "../domain/split-lines"
import { recordHistory } from "./history"
import { operationIsDone } from "./operations"
import { insertLines, totalsColumns, totalsSet, updateLines } from "./order-rows"
import { chargesOf, linesOf, lockOrder, type OrderKey } from "./reads"
import { ORDER_COLUMNS, type Order, type OrderLine } from "./rows"
import { applyEvent, type VerbInput } from "./transitions"

export interface SplitOrderInput extends VerbInput {
  /** Derived from what asks for it: a retry meets the same child. */
  readonly child_id: string
  /** What goes on in the parent; lines that are not named wait whole. */
  readonly kept: readonly KeptLine[]
  readonly reason_kind: SplitReason
  readonly reason: string
}

export interface SplitOrder {
  readonly parent: Order
  readonly child: Order
}

/** See `WholesaleOrderModuleService.splitOrder`. */
export async function splitOrder(em: EntityManager, input: SplitOrderInput): Promise<SplitOrder> {
  const order = await lockOrder(em, input)
  const known = await childOf(em, order, input.child_id)
  if (known) {
    return { parent: order, child: known }
  }
  await operationIsDone(em, order, input.operation_id)
  const reason = eventReason(order.id, "split", input.reason)
  assertPending(order, "split")
  const lines = await linesOf(em, order.id)
  const charges = await chargesOf(em, order.id)
  const parts = splitOrderLines({ ...order, lines, charges }, input.kept)
  const child = await writeChild(em, order, lines, parts.child, { ...input, reason })
  const parent = await keepInParent(em, order, lines, parts.parent, { ...input, reason }, child)
  return { parent, child }
}

/** The child of this id; an order of this id that is none of the parent's is 404, as a foreign one is. */
async function childOf(em: EntityManager, { id, store_id }: OrderKey, childId: string): Promise<Order | undefined> {
  const [order] = await em.execute<Order[]>(
    `select ${ORDER_COLUMNS} from "wholesale_order" where id = ? and deleted_at is null`,
    [childId]
  )
  if (order && (order.parent_id !== id || order.store_id !== store_id)) {
    throw notFound("order", childId)
  }
  return order
}

async function writeChild(
  em: EntityManager,
  parent: Order,
  lines: readonly OrderLine[],
  part: OrderPart,
  { child_id, reason_kind, reason, actor, at = new Date() }: SplitOrderInput
): Promise<Order> {
  const { created_at: _, updated_at: __, ...inherited } = parent
  const row = {
    ...inherited,
    id: child_id,
    parent_id: parent.id,
    number: await childNumber(em, parent),
    ...totalsColumns(part),
    tax_summary: part.tax_summary,
    line_count: part.lines.length,
    revision: 1,
    announced_revision: 0,
  }
  const [child] = await em.execute<Order[]>(
    `${insertRecordsSql("wholesale_order", Object.keys(row))} returning ${ORDER_COLUMNS}`,
    [JSON.stringify([row])]
  )
  const original = new Map(lines.map((line) => [line.id, line]))
  await insertLines(
    em,
    child,
    part.lines.flatMap(({ line_id, quantity, subtotal }) => {
      const line = original.get(line_id)
      return line ? [{ ...line, id: derivedId("whordl", child.id, line_id), quantity, subtotal }] : []
    })
  )
  await recordHistory(em, {
    store_id: parent.store_id,
    order_id: child.id,
    event: "split_off",
    from: null,
    to: child.status,
    actor,
    reason,
    details: { parent_id: parent.id, parent_number: parent.number, reason_kind, total: child.total },
    at,
  })
  return child
}

/** `…-1`, `-2` after the parent's own; the parent's lock keeps two splits from taking the same one. */
async function childNumber(em: EntityManager, { id, number }: Order): Promise<string> {
  const [{ next }] = await em.execute<{ next: number }[]>(
    `select count(*)::int + 1 as next from "wholesale_order" where parent_id = ?`,
    [id]
  )
  return `${number}-${next}`
}

/** Takes what waits out of the parent's lines and totals; a line that waits whole is no line of it any more. */
async function keepInParent(
  em: EntityManager,
  order: Order,
  lines: readonly OrderLine[],
  part: OrderPart,
  { reason_kind, ...input }: SplitOrderInput,
  child: Order
): Promise<Order> {
  const kept = new Map(part.lines.map((line) => [line.line_id, line]))
  const gone = lines.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
  if (gone.length > 0) {
    await em.execute(`delete from "wholesale_order_line" where order_id = ? and id in (?)`, [order.id, gone])
  }
  await updateLines(em, order.id, part.lines)
  return await applyEvent(em, order, input, {
    event: "split",
    to: order.status,
    reason: input.reason,
    set: {
      ...totalsSet(part),
      tax_summary: JSON.stringify(part.tax_summary),
      line_count: part.lines.length,
    },
    details: {
      child_id: child.id,
      child_number: child.number,
      reason_kind,
      total: { before: order.total, goes_on: part.total, waits: child.total },
    },
  })
}
