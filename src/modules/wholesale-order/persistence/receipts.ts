import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import { recordHistory } from "./history"
import { linesOf, lockOrder, type OrderKey } from "./reads"
import { ORDER_COLUMNS, type Order } from "./rows"

export interface ReceiptLine {
  /** The order's line or the partner's own; one of them. */
  readonly line_id?: string
  readonly purchase_order_line_id?: string
  /** Whole units that did not come. */
  readonly short_quantity: number
  /** Whole units that came and cannot be used. */
  readonly damaged_quantity: number
}

export interface ApplyReceiptInput extends OrderKey {
  readonly receipt_id: string
  readonly lines: readonly ReceiptLine[]
  readonly actor: Actor
  readonly at?: Date
}

/** See `WholesaleOrderModuleService.applyReceipt`. */
export async function applyReceipt(em: EntityManager, input: ApplyReceiptInput): Promise<Order> {
  const order = await lockOrder(em, input)
  const { id, store_id, status } = order
  const discrepancies = await discrepanciesOf(em, id, input.lines)
  const fresh = await recordHistory(em, {
    id: derivedId("whordev", id, "receive", input.receipt_id),
    store_id,
    order_id: id,
    event: "receive",
    from: status,
    to: status,
    actor: input.actor,
    details: { receipt_id: input.receipt_id, discrepancies },
    at: input.at ?? new Date(),
  })
  if (!fresh) {
    return order
  }
  if (discrepancies.length > 0) {
    await em.execute(
      `update "wholesale_order_line" line
       set short_quantity = line.short_quantity + found.short, damaged_quantity = line.damaged_quantity + found.damaged,
           updated_at = now()
       from (
         select line_id, sum(short_quantity)::int as short, sum(damaged_quantity)::int as damaged
         from json_to_recordset(?::json) as item(line_id text, short_quantity int, damaged_quantity int)
         group by line_id
       ) found
       where line.id = found.line_id and line.order_id = ?`,
      [JSON.stringify(discrepancies), id]
    )
  }
  const [changed] = await em.execute<Order[]>(
    `update "wholesale_order" set revision = revision + 1, updated_at = now() where id = ?
     returning ${ORDER_COLUMNS}`,
    [id]
  )
  return changed
}

/** The lines on which something was wrong, by the order's own line ids. */
async function discrepanciesOf(
  em: EntityManager,
  orderId: string,
  received: readonly ReceiptLine[]
): Promise<{ line_id: string; short_quantity: number; damaged_quantity: number }[]> {
  const lines = await linesOf(em, orderId)
  const own = new Map(lines.map(({ id }) => [id, id]))
  const partners = new Map(
    lines.flatMap((line) =>
      line.purchase_order_line_id ? [[line.purchase_order_line_id, line.id] as const] : []
    )
  )
  return received.flatMap(({ line_id, purchase_order_line_id, short_quantity, damaged_quantity }) => {
    const found = own.get(line_id ?? "") ?? partners.get(purchase_order_line_id ?? "")
    if (!found) {
      throw new WholesaleError(
        400,
        "unknown_order_line",
        `Order ${orderId} has no line ${line_id ?? purchase_order_line_id}.`,
        { document: "order", id: orderId, line_id, purchase_order_line_id }
      )
    }
    const wrong = short_quantity > 0 || damaged_quantity > 0
    return wrong ? [{ line_id: found, short_quantity, damaged_quantity }] : []
  })
}
