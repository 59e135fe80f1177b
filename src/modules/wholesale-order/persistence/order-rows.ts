import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../lib/money/amount"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import type { OrderTotals } from "../domain/order-totals"
import type { OrderKey } from "./reads"
import type { OrderCharge, OrderLine } from "./rows"

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

const CHARGE_FIELDS = [
  "id", "store_id", "order_id", "charge_number", "kind", "name", "amount", "raw_amount", "waived_amount",
  "raw_waived_amount", "by_hand", "tax_rate", "raw_tax_rate", "tax_code", "tax_name",
]

/** An order's totals in the columns that keep them. */
export function totalsColumns({
  subtotal,
  charge_total,
  tax_total,
  total,
}: Pick<OrderTotals, "subtotal" | "charge_total" | "tax_total" | "total">) {
  return {
    subtotal,
    raw_subtotal: rawAmount(subtotal),
    charge_total,
    raw_charge_total: rawAmount(charge_total),
    tax_total,
    raw_tax_total: rawAmount(tax_total),
    total,
    raw_total: rawAmount(total),
  }
}

/** The same as an update sets them. */
export function totalsSet(totals: Parameters<typeof totalsColumns>[0]) {
  const { raw_subtotal, raw_charge_total, raw_tax_total, raw_total, ...amounts } = totalsColumns(totals)
  return {
    ...amounts,
    raw_subtotal: JSON.stringify(raw_subtotal),
    raw_charge_total: JSON.stringify(raw_charge_total),
    raw_tax_total: JSON.stringify(raw_tax_total),
    raw_total: JSON.stringify(raw_total),
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

/** Writes an order's charges, none in no statement. */
export async function insertCharges(
  em: EntityManager,
  { id: order_id, store_id }: OrderKey,
  charges: readonly OrderCharge[]
): Promise<void> {
  if (charges.length === 0) {
    return
  }
  await em.execute(insertRecordsSql("wholesale_order_charge", CHARGE_FIELDS), [
    JSON.stringify(
      charges.map((charge) => ({
        ...charge,
        store_id,
        order_id,
        raw_amount: rawAmount(charge.amount),
        raw_waived_amount: charge.waived_amount === null ? null : rawAmount(charge.waived_amount),
        raw_tax_rate: rawAmount(charge.tax_rate),
      }))
    ),
  ])
}

/** Changes what an order's charges come to. */
export async function updateCharges(
  em: EntityManager,
  orderId: string,
  charges: readonly Pick<OrderCharge, "id" | "amount" | "waived_amount">[]
): Promise<void> {
  await em.execute(
    `update "wholesale_order_charge" charge
     set amount = changed.amount, raw_amount = changed.raw_amount, waived_amount = changed.waived_amount,
         raw_waived_amount = changed.raw_waived_amount, updated_at = now()
     from json_to_recordset(?::json) as changed(id text, amount numeric, raw_amount jsonb, waived_amount numeric, raw_waived_amount jsonb)
     where charge.id = changed.id and charge.order_id = ?`,
    [
      JSON.stringify(
        charges.map(({ id, amount, waived_amount }) => ({
          id,
          amount,
          raw_amount: rawAmount(amount),
          waived_amount,
          raw_waived_amount: waived_amount === null ? null : rawAmount(waived_amount),
        }))
      ),
      orderId,
    ]
  )
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
