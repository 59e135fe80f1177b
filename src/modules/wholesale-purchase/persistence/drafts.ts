import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import type { FulfilmentMethod } from "../../../lib/fulfilment/methods"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import { advancePurchaseOrder } from "../domain/purchase-order-machine"
import { LineInput, PricedLine, priceLines } from "../domain/purchase-order-lines"
import { lockPurchaseOrder, updatePurchaseOrder, writeHistory } from "./purchase-order-row"

export interface DraftTerms {
  readonly fulfilment_method: FulfilmentMethod
  readonly ship_to: Readonly<Record<string, unknown>>
  readonly note?: string | null
  readonly pickup_place?: string | null
  readonly pickup_at?: Date | string | null
  /** Stock location that the goods are received at unless a receipt says otherwise. */
  readonly location_id?: string | null
}

export interface DraftInput extends DraftTerms {
  /** Given by a caller who may come again; the same id makes the draft once. */
  readonly id?: string
  readonly store_id: string
  readonly connection_id: string
  readonly currency_code: string
  readonly lines: readonly LineInput[]
  readonly actor: Actor
}

export interface DraftChange {
  readonly store_id: string
  readonly id: string
  readonly changes?: Partial<DraftTerms>
  /** Replaces all lines; at least one. */
  readonly lines?: readonly LineInput[]
  readonly actor: Actor
}

const ORDER_COLUMNS = [
  "id", "store_id", "connection_id", "status", "fulfilment_method", "currency_code", "subtotal", "raw_subtotal",
  "tax_total", "raw_tax_total", "total", "raw_total", "ship_to", "note", "pickup_place", "pickup_at", "location_id",
  "response_incarnation", "response_revision", "revision", "announced_revision", "created_at", "updated_at",
]
const LINE_COLUMNS = [
  "id", "store_id", "purchase_order_id", "line_number", "supplier_sku", "title", "quantity", "unit_price",
  "raw_unit_price", "subtotal", "raw_subtotal", "variant_id", "received_quantity", "short_quantity",
  "damaged_quantity", "created_at", "updated_at",
]

/** See `WholesalePurchaseModuleService.createDraft`. */
export async function createDraft(em: EntityManager, input: DraftInput): Promise<{ id: string; created: boolean }> {
  assertLines(input.lines)
  const currency = input.currency_code.toLowerCase()
  const { lines, subtotal } = priceLines(input.lines, currency)
  const id = input.id ?? generateEntityId(undefined, "whpo")
  const now = new Date().toISOString()
  const order = {
    id,
    store_id: input.store_id,
    connection_id: input.connection_id,
    status: "draft",
    fulfilment_method: input.fulfilment_method,
    currency_code: currency,
    ...amounts(subtotal),
    ship_to: input.ship_to,
    note: input.note ?? null,
    pickup_place: input.pickup_place ?? null,
    pickup_at: input.pickup_at ?? null,
    location_id: input.location_id ?? null,
    response_incarnation: 0,
    response_revision: 0,
    revision: 0,
    announced_revision: 0,
    created_at: now,
    updated_at: now,
  }
  const insert = insertRecordsSql("wholesale_purchase_order", ORDER_COLUMNS, { onConflictDoNothing: true })
  const [made] = await em.execute<{ id: string }[]>(`${insert} returning id`, [JSON.stringify([order])])
  if (!made) {
    const [standing] = await em.execute<{ store_id: string; connection_id: string }[]>(
      `select store_id, connection_id from "wholesale_purchase_order" where id = ?`,
      [id]
    )
    if (standing?.store_id !== input.store_id || standing.connection_id !== input.connection_id) {
      throw notFound("Purchase order", id)
    }
    return { id, created: false }
  }
  await insertLines(em, { id, store_id: input.store_id }, lines)
  await writeHistory(em, order, [{ event: "create", from: null, to: "draft", actor: input.actor }])
  return { id, created: true }
}

/** See `WholesalePurchaseModuleService.updateDraft`. */
export async function updateDraft(em: EntityManager, input: DraftChange): Promise<void> {
  const row = await lockPurchaseOrder(em, input)
  const standing = advancePurchaseOrder(row, "edit")
  const { ship_to, pickup_at, ...plain } = input.changes ?? {}
  const given = Object.fromEntries(
    (["fulfilment_method", "note", "pickup_place", "location_id"] as const).flatMap((name) => {
      const value = plain[name]
      return value === undefined ? [] : [[name, value]]
    })
  )
  const set = {
    ...given,
    ...(ship_to === undefined ? {} : { ship_to: JSON.stringify(ship_to) }),
    ...(pickup_at === undefined ? {} : { pickup_at }),
  }

  if (input.lines) {
    assertLines(input.lines)
    const { lines, subtotal } = priceLines(input.lines, row.currency_code)
    await em.execute(`delete from "wholesale_purchase_order_line" where purchase_order_id = ?`, [row.id])
    await insertLines(em, row, lines)
    const totals = Object.entries(amounts(subtotal)).map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ])
    await updatePurchaseOrder(em, row, { ...set, ...Object.fromEntries(totals) })
  } else {
    await updatePurchaseOrder(em, row, set)
  }
  await writeHistory(em, row, [
    {
      event: "edit",
      from: row.status,
      to: standing.status,
      actor: input.actor,
      details: { changed: [...Object.keys(set), ...(input.lines ? ["lines"] : [])] },
    },
  ])
}

/** See `WholesalePurchaseModuleService.deleteDraft`. */
export async function deleteDraft(em: EntityManager, input: { store_id: string; id: string }): Promise<void> {
  const row = await lockPurchaseOrder(em, input)
  advancePurchaseOrder(row, "delete")
  // Lines and history go with it: their foreign keys cascade.
  await em.execute(`delete from "wholesale_purchase_order" where id = ?`, [row.id])
}

function assertLines(lines: readonly LineInput[]): void {
  if (lines.length === 0) {
    throw new WholesaleError(400, "purchase_order_empty", "A purchase order has at least one line.")
  }
}

async function insertLines(
  em: EntityManager,
  { id, store_id }: { id: string; store_id: string },
  lines: readonly PricedLine[]
): Promise<void> {
  const now = new Date().toISOString()
  const rows = lines.map((line) => ({
    ...line,
    id: generateEntityId(undefined, "whpol"),
    store_id,
    purchase_order_id: id,
    raw_unit_price: rawAmount(line.unit_price),
    raw_subtotal: rawAmount(line.subtotal),
    received_quantity: 0,
    short_quantity: 0,
    damaged_quantity: 0,
    created_at: now,
    updated_at: now,
  }))
  await em.execute(insertRecordsSql("wholesale_purchase_order_line", LINE_COLUMNS), [JSON.stringify(rows)])
}

/** The supplier adds the tax on its order and its invoice; the retailer's document knows none. */
function amounts(subtotal: string) {
  return {
    subtotal,
    raw_subtotal: rawAmount(subtotal),
    tax_total: "0",
    raw_tax_total: rawAmount("0"),
    total: subtotal,
    raw_total: rawAmount(subtotal),
  }
}
