import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Amount } from "../../../lib/money/amount"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import { openQuantity } from "../domain/receipt-lines"
import { cancelledUnits, type KnownOrder, type OrderHold, type OrderSummary } from "../domain/supplier-orders"

/** One of the supplier's orders of a purchase order; amounts are decimal strings in major units. */
export interface SupplierOrder extends KnownOrder {
  readonly number: string | null
  readonly on_hold: OrderHold | null
  /** Of the goods. */
  readonly subtotal: Amount
  readonly charge_total: Amount
  readonly tax_total: Amount
  readonly total: Amount
  readonly summary: OrderSummary
  readonly incarnation: number
  readonly revision: number
}

/** See `WholesalePurchaseModuleService.purchaseOrder`: first the one that others were split off. */
export async function supplierOrdersOf(em: EntityManager, purchaseOrderId: string): Promise<SupplierOrder[]> {
  return await em.execute<SupplierOrder[]>(
    `select order_id, parent_id, children, number, status, on_hold, raw_subtotal ->> 'value' as subtotal,
        raw_charge_total ->> 'value' as charge_total, raw_tax_total ->> 'value' as tax_total, raw_total ->> 'value' as total, lines, tracking, summary,
        incarnation, revision
      from "wholesale_supplier_order" where purchase_order_id = ? and deleted_at is null
      order by parent_id is not null, length(number), number, order_id`,
    [purchaseOrderId]
  )
}

/** Writes an order as its newest document says it is. The purchase order is locked. */
export async function writeSupplierOrder(
  em: EntityManager,
  purchaseOrder: { readonly id: string; readonly store_id: string },
  order: SupplierOrder
): Promise<void> {
  const told = {
    ...order,
    raw_subtotal: rawAmount(order.subtotal),
    raw_charge_total: rawAmount(order.charge_total),
    raw_tax_total: rawAmount(order.tax_total),
    raw_total: rawAmount(order.total),
  }
  const row = {
    id: generateEntityId(undefined, "whsord"),
    store_id: purchaseOrder.store_id,
    purchase_order_id: purchaseOrder.id,
    ...told,
  }
  const changes = Object.keys(told).map((column) => `"${column}" = excluded."${column}"`)
  await em.execute(
    `${insertRecordsSql("wholesale_supplier_order", Object.keys(row))}
      on conflict (purchase_order_id, order_id) where deleted_at is null
      do update set ${changes.join(", ")}, updated_at = now()`,
    [JSON.stringify([row])]
  )
}

/**
 * Notes on the lines of a purchase order what of them will not come.
 *
 * @returns whether nothing is open on any line
 */
export async function countCancelled(
  em: EntityManager,
  purchaseOrderId: string,
  orders: readonly KnownOrder[]
): Promise<boolean> {
  const units = [...cancelledUnits(orders)].map(([line_id, cancelled]) => ({ line_id, cancelled }))
  await em.execute(
    `update "wholesale_purchase_order_line" line set cancelled_quantity = entry.cancelled, updated_at = now()
      from json_to_recordset(?::json) as entry(line_id text, cancelled integer)
      where line.purchase_order_id = ? and line.id = entry.line_id and line.cancelled_quantity <> entry.cancelled`,
    [JSON.stringify(units), purchaseOrderId]
  )
  const lines = await em.execute<Parameters<typeof openQuantity>[0][]>(
    `select quantity, received_quantity, short_quantity, damaged_quantity, cancelled_quantity
      from "wholesale_purchase_order_line" where purchase_order_id = ? and deleted_at is null`,
    [purchaseOrderId]
  )
  return lines.every((line) => openQuantity(line) === 0)
}
