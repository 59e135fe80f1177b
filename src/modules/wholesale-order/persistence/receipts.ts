import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import { spreadDiscrepancies, type Discrepancy } from "../domain/spread-discrepancies"
import { recordHistory } from "./history"
import { lockOrdersOfPurchaseOrder } from "./purchase-order-orders"
import type { OrderKey } from "./reads"
import { LINE_COLUMNS, ORDER_COLUMNS, type Order, type OrderLine } from "./rows"

export interface ReceiptLine extends Discrepancy {
  /** The order's line or the partner's own; one of them. */
  readonly line_id?: string
  readonly purchase_order_line_id?: string
}

export interface ApplyReceiptInput extends OrderKey {
  readonly receipt_id: string
  readonly lines: readonly ReceiptLine[]
  readonly actor: Actor
  readonly at?: Date
}

/** See `WholesaleOrderModuleService.applyReceipt`. */
export async function applyReceipt(em: EntityManager, input: ApplyReceiptInput): Promise<Order[]> {
  const { order, all } = await lockOrdersOfPurchaseOrder(em, input)
  const entryOf = (orderId: string) => derivedId("whordev", orderId, "receive", input.receipt_id)
  if (await isKnown(em, all.map(({ id }) => entryOf(id)))) {
    return []
  }
  const lines = await linesOfOrders(em, all)
  const received = input.lines.map((line) => ({ ...line, of: companions(lines, line, order) }))
  const discrepancies = received.flatMap(({ of, ...found }) => spreadDiscrepancies(of, found))
  await writeDiscrepancies(em, discrepancies)

  const changed: Order[] = []
  for (const { id, store_id, status } of ordersConcerned(all, received, discrepancies)) {
    await recordHistory(em, {
      id: entryOf(id),
      store_id,
      order_id: id,
      event: "receive",
      from: status,
      to: status,
      actor: input.actor,
      details: {
        receipt_id: input.receipt_id,
        discrepancies: discrepancies.filter(({ line_id }) =>
          lines.some((line) => line.id === line_id && line.order_id === id)
        ),
      },
      at: input.at ?? new Date(),
    })
    const [raised] = await em.execute<Order[]>(
      `update "wholesale_order" set revision = revision + 1, updated_at = now() where id = ?
       returning ${ORDER_COLUMNS}`,
      [id]
    )
    changed.push(raised)
  }
  return changed
}

async function isKnown(em: EntityManager, entries: readonly string[]): Promise<boolean> {
  const known = await em.execute<{ id: string }[]>(
    `select id from "wholesale_order_event" where id in (?) limit 1`,
    [[...entries]]
  )
  return known.length > 0
}

/** The lines of the orders, oldest order first. */
async function linesOfOrders(em: EntityManager, orders: readonly Order[]): Promise<OrderLine[]> {
  const ids = orders.map(({ id }) => id)
  const lines = await em.execute<OrderLine[]>(
    `select ${LINE_COLUMNS} from "wholesale_order_line"
     where order_id in (?) and deleted_at is null order by line_number`,
    [ids]
  )
  return lines.sort((left, right) => ids.indexOf(left.order_id) - ids.indexOf(right.order_id))
}

/** The lines that a received line may be of. */
function companions(lines: readonly OrderLine[], received: ReceiptLine, order: Order): OrderLine[] {
  const { line_id, purchase_order_line_id } = received
  const of = lines.filter((line) =>
    line_id === undefined ? line.purchase_order_line_id === purchase_order_line_id : line.id === line_id
  )
  if (of.length === 0) {
    throw new WholesaleError(
      400,
      "unknown_order_line",
      `Order ${order.number ?? order.id} has no line ${line_id ?? purchase_order_line_id}.`,
      { document: "order", id: order.id, line_id, purchase_order_line_id }
    )
  }
  return of
}

/** The orders that shipped what was received, or were found wanting; the oldest where none did. */
function ordersConcerned(
  all: readonly Order[],
  received: readonly { readonly of: readonly OrderLine[] }[],
  discrepancies: readonly { readonly line_id: string }[]
): readonly Order[] {
  const found = new Set(discrepancies.map(({ line_id }) => line_id))
  const ids = new Set(
    received
      .flatMap(({ of }) => of)
      .filter(({ id, shipped_quantity }) => shipped_quantity > 0 || found.has(id))
      .map(({ order_id }) => order_id)
  )
  return ids.size > 0 ? all.filter(({ id }) => ids.has(id)) : all.slice(0, 1)
}

async function writeDiscrepancies(
  em: EntityManager,
  discrepancies: ReturnType<typeof spreadDiscrepancies>
): Promise<void> {
  if (discrepancies.length === 0) {
    return
  }
  await em.execute(
    `update "wholesale_order_line" line
     set short_quantity = line.short_quantity + found.short, damaged_quantity = line.damaged_quantity + found.damaged,
         updated_at = now()
     from (
       select line_id, sum(short_quantity)::int as short, sum(damaged_quantity)::int as damaged
       from json_to_recordset(?::json) as item(line_id text, short_quantity int, damaged_quantity int)
       group by line_id
     ) found
     where line.id = found.line_id`,
    [JSON.stringify(discrepancies)]
  )
}
