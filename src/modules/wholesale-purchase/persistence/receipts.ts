import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import { eventNotAllowed } from "../../../lib/state-machine/state-machine"
import { advancePurchaseOrder, allows } from "../domain/purchase-order-machine"
import { accountReceipt, OrderedLine, ReceiptEntry } from "../domain/receipt-lines"
import { lockPurchaseOrder, moveByEvent } from "./purchase-order-row"

export interface ReceiptInput {
  /** Given by a caller who may come again; the same id makes the receipt once. */
  readonly id?: string
  readonly store_id: string
  readonly purchase_order_id: string
  /** The purchase order's location unless given. */
  readonly location_id?: string | null
  /** Now unless given. */
  readonly received_at?: Date
  readonly note?: string | null
  readonly lines: readonly ReceiptEntry[]
  readonly actor: Actor
}

const RECEIPT_COLUMNS = [
  "id", "store_id", "purchase_order_id", "sequence", "location_id", "status", "received_at", "note", "revision",
  "announced_revision", "created_at", "updated_at",
]
const LINE_COLUMNS = [
  "id", "store_id", "receipt_id", "purchase_order_line_id", "variant_id", "received_quantity", "short_quantity",
  "damaged_quantity", "stocked", "created_at", "updated_at",
]

/** See `WholesalePurchaseModuleService.createReceipt`. */
export async function createReceipt(
  em: EntityManager,
  input: ReceiptInput
): Promise<{ id: string; created: boolean }> {
  const order = await lockPurchaseOrder(em, { store_id: input.store_id, id: input.purchase_order_id })
  if (input.id !== undefined) {
    const [standing] = await em.execute<{ purchase_order_id: string }[]>(
      `select purchase_order_id from "wholesale_receipt" where id = ?`,
      [input.id]
    )
    if (standing && standing.purchase_order_id !== order.id) {
      throw notFound("Receipt", input.id)
    }
    if (standing) {
      return { id: input.id, created: false }
    }
  }
  advancePurchaseOrder(order, "receive")
  const location_id = input.location_id ?? order.location_id
  if (location_id === null) {
    throw new WholesaleError(
      400,
      "receipt_without_location",
      `Say at which stock location the goods of purchase order ${order.number ?? order.id} are received.`,
      { id: order.id }
    )
  }

  const lines = await em.execute<(OrderedLine & { variant_id: string | null })[]>(
    `select id, line_number, supplier_sku, quantity, received_quantity, short_quantity, damaged_quantity,
        cancelled_quantity, variant_id
      from "wholesale_purchase_order_line" where purchase_order_id = ? and deleted_at is null`,
    [order.id]
  )
  const { entries, all_accounted } = accountReceipt(lines, input.lines)
  const variantOf = new Map(lines.map((line) => [line.id, line.variant_id]))
  const [{ sequence }] = await em.execute<{ sequence: number }[]>(
    `select coalesce(max(sequence), 0) + 1 as sequence from "wholesale_receipt" where purchase_order_id = ?`,
    [order.id]
  )
  const now = new Date().toISOString()
  const receipt = {
    id: input.id ?? generateEntityId(undefined, "whrec"),
    store_id: order.store_id,
    purchase_order_id: order.id,
    sequence,
    location_id,
    status: "pending",
    received_at: (input.received_at ?? new Date()).toISOString(),
    note: input.note ?? null,
    revision: 0,
    announced_revision: 0,
    created_at: now,
    updated_at: now,
  }
  const rows = entries.map((entry) => ({
    ...entry,
    id: generateEntityId(undefined, "whrecl"),
    store_id: order.store_id,
    receipt_id: receipt.id,
    variant_id: variantOf.get(entry.purchase_order_line_id) ?? null,
    stocked: false,
    created_at: now,
    updated_at: now,
  }))
  await em.execute(insertRecordsSql("wholesale_receipt", RECEIPT_COLUMNS), [JSON.stringify([receipt])])
  await em.execute(insertRecordsSql("wholesale_receipt_line", LINE_COLUMNS), [JSON.stringify(rows)])
  await countOnLines(em, order.id, entries, "+")
  await moveByEvent(em, order, {
    event: "receive",
    actor: input.actor,
    facts: { all_accounted },
    details: { receipt_id: receipt.id, sequence },
  })
  return { id: receipt.id, created: true }
}

/** See `WholesalePurchaseModuleService.discardReceipt`. */
export async function discardReceipt(
  em: EntityManager,
  { store_id, id, actor }: { store_id: string; id: string; actor: Actor }
): Promise<boolean> {
  const standing = await lockReceipt(em, { store_id, id })
  if (!standing) {
    return false
  }
  const { order, receipt } = standing
  if (receipt.status !== "pending") {
    throw eventNotAllowed({ document: "Receipt", id, status: receipt.status, event: "discard", allowedEvents: [] })
  }
  const entries = await em.execute<ReceiptEntry[]>(
    `delete from "wholesale_receipt_line" where receipt_id = ?
      returning purchase_order_line_id, received_quantity, short_quantity, damaged_quantity`,
    [id]
  )
  await em.execute(`delete from "wholesale_receipt" where id = ?`, [id])
  await countOnLines(em, order.id, entries, "-")
  if (allows(order, "discard_receipt")) {
    const [{ left }] = await em.execute<{ left: number }[]>(
      `select count(*)::int as left from "wholesale_receipt" where purchase_order_id = ?`,
      [order.id]
    )
    await moveByEvent(em, order, {
      event: "discard_receipt",
      actor,
      facts: { no_receipt: left === 0 },
      details: { receipt_id: id },
    })
  }
  return true
}

/**
 * Locks a receipt behind its purchase order; undefined where there is none.
 *
 * @throws WholesaleError 404 where it is another store's
 */
export async function lockReceipt(em: EntityManager, { store_id, id }: { store_id: string; id: string }) {
  const [found] = await em.execute<{ store_id: string; purchase_order_id: string }[]>(
    `select store_id, purchase_order_id from "wholesale_receipt" where id = ? and deleted_at is null`,
    [id]
  )
  if (!found) {
    return undefined
  }
  if (found.store_id !== store_id) {
    throw notFound("Receipt", id)
  }
  const order = await lockPurchaseOrder(em, { store_id, id: found.purchase_order_id })
  const [receipt] = await em.execute<{ id: string; status: "pending" | "done" }[]>(
    `select id, status from "wholesale_receipt" where id = ? for update`,
    [id]
  )
  return receipt ? { order, receipt } : undefined
}

/** Counts a receipt on the lines of its order, or takes it off again. The order is locked. */
async function countOnLines(
  em: EntityManager,
  orderId: string,
  entries: readonly ReceiptEntry[],
  sign: "+" | "-"
): Promise<void> {
  await em.execute(
    `update "wholesale_purchase_order_line" line set
        received_quantity = line.received_quantity ${sign} entry.received_quantity,
        short_quantity = line.short_quantity ${sign} entry.short_quantity,
        damaged_quantity = line.damaged_quantity ${sign} entry.damaged_quantity,
        updated_at = now()
      from json_to_recordset(?::json) as entry(purchase_order_line_id text, received_quantity integer,
        short_quantity integer, damaged_quantity integer)
      where line.purchase_order_id = ? and line.id = entry.purchase_order_line_id`,
    [JSON.stringify(entries), orderId]
  )
}
