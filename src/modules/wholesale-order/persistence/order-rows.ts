import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../lib/money/amount"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import type { OrderTotals } from "../domain/order-totals"
import type { OrderKey } from "./reads"
import type { OrderLine } from "./rows"

/** A line as it is written; what has become of its units begins at none. */
export type NewOrderLine = Pick<
  OrderLine,
  "id" | "line_number" | "sku" | "title" | "quantity" | "unit_price" | "subtotal" | "tax_rate" | "tax_code" | "tax_name"
> &
  Partial<Pick<OrderLine, "item_id" | "variant_id" | "product_id" | "purchase_order_line_id">>

const LINE_FIELDS = [
  "id", "store_id", "order_id", "line_number", "item_id", "variant_id", "product_id",
  "purchase_order_line_id", "sku", "title", "quantity", "unit_price", "raw_unit_price", "subtotal",
  "raw_subtotal", "tax_rate", "raw_tax_rate", "tax_code", "tax_name", "shipped_quantity",
  "short_quantity", "damaged_quantity",
]

/** An order's totals in the columns that keep them. */
export function totalsColumns({ subtotal, tax_total, total }: Pick<OrderTotals, "subtotal" | "tax_total" | "total">) {
  return {
    subtotal,
    raw_subtotal: rawAmount(subtotal),
    tax_total,
    raw_tax_total: rawAmount(tax_total),
    total,
    raw_total: rawAmount(total),
  }
}

/** Writes an order's lines in one statement, whatever their number. */
export async function insertLines(
  em: EntityManager,
  { id: order_id, store_id }: OrderKey,
  lines: readonly NewOrderLine[]
): Promise<void> {
  await em.execute(insertRecordsSql("wholesale_order_line", LINE_FIELDS), [
    JSON.stringify(
      lines.map((line) => ({
        ...line,
        store_id,
        order_id,
        raw_unit_price: rawAmount(line.unit_price),
        raw_subtotal: rawAmount(line.subtotal),
        raw_tax_rate: rawAmount(line.tax_rate),
        shipped_quantity: 0,
        short_quantity: 0,
        damaged_quantity: 0,
      }))
    ),
  ])
}

/** Changes quantities and net amounts of an order's lines in one statement. */
export async function updateLines(
  em: EntityManager,
  orderId: string,
  lines: readonly { readonly line_id: string; readonly quantity: number; readonly subtotal: Amount }[]
): Promise<void> {
  await em.execute(
    `update "wholesale_order_line" line
     set quantity = changed.quantity, subtotal = changed.subtotal, raw_subtotal = changed.raw_subtotal, updated_at = now()
     from json_to_recordset(?::json) as changed(line_id text, quantity int, subtotal numeric, raw_subtotal jsonb)
     where line.id = changed.line_id and line.order_id = ?`,
    [JSON.stringify(lines.map((line) => ({ ...line, raw_subtotal: rawAmount(line.subtotal) }))), orderId]
  )
}
