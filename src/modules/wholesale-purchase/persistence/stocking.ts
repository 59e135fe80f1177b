import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound } from "../../../lib/errors/wholesale-error"
import { lockReceipt } from "./receipts"

/** Goods that were received and are not in stock yet. */
export interface UnstockedLine {
  /** Id of the receipt line: the key under which its stock is raised. */
  readonly id: string
  readonly store_id: string
  readonly connection_id: string
  readonly purchase_order_id: string
  readonly purchase_order_number: string | null
  readonly receipt_id: string
  readonly location_id: string
  readonly supplier_sku: string
  readonly title: string
  /** Whole sales units that came in order. */
  readonly received_quantity: number
  /** Null where the SKU waits for a mapping. */
  readonly variant_id: string | null
}

const UNSTOCKED = `
  select line.id, line.store_id, po.connection_id, po.id as purchase_order_id, po.number as purchase_order_number,
      receipt.id as receipt_id, receipt.location_id, pol.supplier_sku, pol.title, line.received_quantity,
      line.variant_id
    from "wholesale_receipt_line" line
    join "wholesale_receipt" receipt on receipt.id = line.receipt_id
    join "wholesale_purchase_order" po on po.id = receipt.purchase_order_id
    join "wholesale_purchase_order_line" pol on pol.id = line.purchase_order_line_id
   where line.stocked = false and line.deleted_at is null and receipt.status = 'done'`

/** See `WholesalePurchaseModuleService.markReceiptStocked`. */
export async function markReceiptStocked(
  em: EntityManager,
  { store_id, id }: { store_id: string; id: string }
): Promise<"done" | "known"> {
  const standing = await lockReceipt(em, { store_id, id })
  if (!standing) {
    throw notFound("Receipt", id)
  }
  const [moved] = await em.execute<{ id: string }[]>(
    `update "wholesale_receipt" set status = 'done', revision = revision + 1, updated_at = now()
      where id = ? and status = 'pending' returning id`,
    [id]
  )
  if (!moved) {
    return "known"
  }
  await em.execute(
    `update "wholesale_receipt_line" set stocked = true, updated_at = now()
      where receipt_id = ? and (variant_id is not null or received_quantity = 0)`,
    [id]
  )
  // A SKU that was mapped while the receipt was pending: its line is stocked by itself.
  await em.execute(
    `update "wholesale_receipt_line" line set variant_id = pol.variant_id, updated_at = now()
      from "wholesale_purchase_order_line" pol
      where line.receipt_id = ? and line.stocked = false and line.variant_id is null
        and pol.id = line.purchase_order_line_id and pol.variant_id is not null`,
    [id]
  )
  return "done"
}

export interface MapLinesInput {
  readonly store_id: string
  readonly connection_id: string
  readonly mappings: readonly { readonly supplier_sku: string; readonly variant_id: string }[]
}

/** See `WholesalePurchaseModuleService.mapLines`. */
export async function mapLines(em: EntityManager, input: MapLinesInput): Promise<UnstockedLine[]> {
  const { store_id, connection_id } = input
  const mappings = JSON.stringify(input.mappings)
  const affected = await em.execute<{ id: string }[]>(
    `select po.id from "wholesale_purchase_order" po
      where po.store_id = ? and po.connection_id = ? and po.deleted_at is null and exists (
        select 1 from "wholesale_purchase_order_line" pol
          join json_to_recordset(?::json) as mapping(supplier_sku text, variant_id text)
            on mapping.supplier_sku = pol.supplier_sku
         where pol.purchase_order_id = po.id and pol.variant_id is distinct from mapping.variant_id
           and (pol.variant_id is null or po.status not in ('refused', 'received', 'closed', 'cancelled')))
      order by po.id for update of po`,
    [store_id, connection_id, mappings]
  )
  const ids = JSON.stringify(affected.map((row) => row.id))
  await em.execute(
    `update "wholesale_purchase_order_line" pol set variant_id = mapping.variant_id, updated_at = now()
      from json_to_recordset(?::json) as mapping(supplier_sku text, variant_id text)
      where pol.purchase_order_id = any(array(select json_array_elements_text(?::json)))
        and pol.supplier_sku = mapping.supplier_sku`,
    [mappings, ids]
  )
  await em.execute(
    `update "wholesale_receipt_line" line set variant_id = mapping.variant_id, updated_at = now()
      from "wholesale_receipt" receipt, "wholesale_purchase_order_line" pol,
        json_to_recordset(?::json) as mapping(supplier_sku text, variant_id text)
      where line.stocked = false and line.variant_id is null and receipt.id = line.receipt_id
        and receipt.status = 'done' and pol.id = line.purchase_order_line_id
        and pol.supplier_sku = mapping.supplier_sku
        and receipt.purchase_order_id = any(array(select json_array_elements_text(?::json)))`,
    [mappings, ids]
  )
  return em.execute<UnstockedLine[]>(
    `${UNSTOCKED} and line.store_id = ? and po.connection_id = ? and line.variant_id is not null
        and pol.supplier_sku = any(array(select json_array_elements_text(?::json)))
      order by line.id`,
    [store_id, connection_id, JSON.stringify(input.mappings.map((mapping) => mapping.supplier_sku))]
  )
}

/** See `WholesalePurchaseModuleService.markReceiptLinesStocked`. */
export async function markReceiptLinesStocked(
  em: EntityManager,
  { store_id, ids }: { store_id: string; ids: readonly string[] }
): Promise<string[]> {
  const marked = await em.execute<{ id: string }[]>(
    `update "wholesale_receipt_line" line set stocked = true, updated_at = now()
      from "wholesale_receipt" receipt
      where line.store_id = ? and line.id = any(array(select json_array_elements_text(?::json)))
        and line.stocked = false and line.variant_id is not null
        and receipt.id = line.receipt_id and receipt.status = 'done'
      returning line.id`,
    [store_id, JSON.stringify(ids)]
  )
  return marked.map((row) => row.id)
}

/** See `WholesalePurchaseModuleService.unstockedReceiptLines`. */
export async function unstockedReceiptLines(
  em: EntityManager,
  { store_id, connection_id, mapped }: { store_id: string; connection_id?: string; mapped?: boolean }
): Promise<UnstockedLine[]> {
  const conditions = ["line.store_id = ?"]
  if (connection_id !== undefined) {
    conditions.push("po.connection_id = ?")
  }
  if (mapped !== undefined) {
    conditions.push(`line.variant_id is ${mapped ? "not null" : "null"}`)
  }
  return em.execute<UnstockedLine[]>(
    `${UNSTOCKED} and ${conditions.join(" and ")} order by receipt.received_at, line.id`,
    [store_id, ...(connection_id === undefined ? [] : [connection_id])]
  )
}

/** See `WholesalePurchaseModuleService.receiptLinesToStock`. */
export async function receiptLinesToStock(
  em: EntityManager,
  { older_than, limit }: { older_than: Date; limit: number }
): Promise<UnstockedLine[]> {
  return em.execute<UnstockedLine[]>(
    `${UNSTOCKED} and line.variant_id is not null and line.updated_at <= ? order by line.id limit ?`,
    [older_than, limit]
  )
}

export interface PendingReceipt {
  readonly id: string
  readonly store_id: string
  readonly purchase_order_id: string
}

/** See `WholesalePurchaseModuleService.pendingReceipts`. */
export async function pendingReceipts(
  em: EntityManager,
  { older_than, limit }: { older_than: Date; limit: number }
): Promise<PendingReceipt[]> {
  return em.execute<PendingReceipt[]>(
    `select id, store_id, purchase_order_id from "wholesale_receipt"
      where status = 'pending' and deleted_at is null and created_at <= ? order by created_at limit ?`,
    [older_than, limit]
  )
}
