import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { derivedId } from "../../../lib/ids/derived-id"
import type { Amount } from "../../../lib/money/amount"
import { assertEditable } from "../domain/assert-editable"
import { editLines, type KeptQuantity } from "../domain/edit-lines"
import type { DraftLine } from "./drafts"
import { operationIsDone } from "./operations"
import { insertLines, totalsSet, updateCharges, updateLines } from "./order-rows"
import { chargesOf, linesOf, lockOrder } from "./reads"
import type { Order } from "./rows"
import { applyEvent, type VerbInput } from "./transitions"

export interface EditOrderInput extends VerbInput {
  readonly operation_id: string
  /** Lines that are named in neither are taken out. */
  readonly kept: readonly KeptQuantity[]
  readonly added: readonly DraftLine[]
  /** Net amount of the goods from which the account's shipping is free; null for never. */
  readonly free_shipping_from: Amount | null
  readonly reason?: string
}

/** See `WholesaleOrderModuleService.editOrder`. */
export async function editOrder(em: EntityManager, input: EditOrderInput): Promise<Order> {
  const order = await lockOrder(em, input)
  if (await operationIsDone(em, order, input.operation_id)) {
    return order
  }
  assertEditable(order)
  const lines = await linesOf(em, order.id)
  const standing = { ...order, lines, charges: await chargesOf(em, order.id) }
  const { kept, added, charges, totals } = editLines(standing, input.kept, input.added, input.free_shipping_from)
  const stays = new Map(kept.map(({ id, quantity }) => [id, quantity]))
  const gone = lines.filter(({ id }) => !stays.has(id)).map(({ id }) => id)
  if (gone.length > 0) {
    await em.execute(`delete from "wholesale_order_line" where order_id = ? and id in (?)`, [order.id, gone])
  }
  await updateLines(
    em,
    order.id,
    kept.map(({ id, quantity, subtotal }) => ({ line_id: id, quantity, subtotal }))
  )
  if (added.length > 0) {
    await insertLines(
      em,
      order,
      added.map((line, index) => ({ ...line, id: derivedId("whordl", input.operation_id, String(index)) }))
    )
  }
  await updateCharges(em, order.id, charges)
  return await applyEvent(em, order, input, {
    event: "edit",
    to: order.status,
    reason: input.reason,
    set: {
      ...totalsSet(totals),
      tax_summary: JSON.stringify(totals.tax_summary),
      line_count: kept.length + added.length,
    },
    details: {
      total: { before: order.total, after: totals.total },
      lines: [
        ...lines.flatMap(({ id, sku, quantity }) => {
          const after = stays.get(id) ?? 0
          return after === quantity ? [] : [{ sku, before: quantity, after }]
        }),
        ...added.map(({ sku, quantity }) => ({ sku, before: 0, after: quantity })),
      ],
    },
  })
}
