import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import type { FulfilmentMethod } from "../../../lib/fulfilment/methods"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import type { PaymentTerms } from "../../../lib/terms/payment-terms"
import type { AppliedExemption } from "../domain/applied-exemption"
import { assertDraftCharges, assertDraftLines } from "../domain/draft-lines"
import { calculateOrderTotals, type LineToTotal } from "../domain/order-totals"
import { recordHistory } from "./history"
import { insertCharges, insertLines, totalsColumns } from "./order-rows"
import { insertOperation, type BeginOperationInput } from "./operations"
import { ORDER_COLUMNS, type Order, type OrderAddress, type OrderCharge, type OrderOperation, type OrderSource } from "./rows"

export type DraftCharge = Omit<OrderCharge, "id" | "charge_number">

export interface DraftLine extends LineToTotal {
  readonly item_id?: string | null
  readonly variant_id?: string | null
  readonly product_id?: string | null
  /** The partner's own line. */
  readonly purchase_order_line_id?: string | null
  readonly sku: string
  readonly title: string
}

export interface CreateDraftInput {
  /** Derived where a retry must meet the same order. */
  readonly id?: string
  readonly store_id: string
  readonly account_id: string
  readonly connection_id?: string | null
  readonly source: OrderSource
  readonly purchase_order_id?: string | null
  readonly purchase_order_number?: string | null
  readonly fulfilment_method: FulfilmentMethod
  readonly currency_code: string
  readonly ship_to: OrderAddress
  readonly bill_to: OrderAddress
  readonly note?: string | null
  readonly pickup_place?: string | null
  readonly pickup_at?: Date | null
  readonly terms: PaymentTerms
  readonly tax_exemption?: AppliedExemption | null
  readonly parent_id?: string | null
  readonly lines: readonly DraftLine[]
  /** Shipping and handling; none where left out. */
  readonly charges?: readonly DraftCharge[]
  /** The intent to place it, begun in the same transaction: no draft is left without one. */
  readonly operation?: Omit<BeginOperationInput, "store_id" | "order_id">
  readonly actor: Actor
}

export interface DraftedOrder extends Order {
  /** The intent that was begun with it; null where none was given, and where the order was there before. */
  readonly operation: OrderOperation | null
}

/** See `WholesaleOrderModuleService.createDraft`. */
export async function createDraft(em: EntityManager, input: CreateDraftInput): Promise<DraftedOrder> {
  const { actor, lines, charges = [], operation, ...members } = input
  assertDraftLines(lines)
  assertDraftCharges(charges)
  const id = generateEntityId(input.id, "whord")
  const totals = calculateOrderTotals(lines, input.currency_code, charges)
  const row = {
    ...members,
    id,
    status: "draft",
    ...totalsColumns(totals),
    tax_summary: totals.tax_summary,
    line_count: lines.length,
    invoice_parts_due: [],
    invoice_parts_waiting: [],
    revision: 0,
    announced_revision: 0,
  }
  const [created] = await em.execute<Order[]>(
    `${insertRecordsSql("wholesale_order", Object.keys(row), { onConflictDoNothing: true })}
     returning ${ORDER_COLUMNS}`,
    [JSON.stringify([row])]
  )
  if (!created) {
    return { ...(await existingOrder(em, id, input)), operation: null }
  }
  await insertLines(
    em,
    { id, store_id: input.store_id },
    lines.map((line, index) => ({
      ...line,
      id: generateEntityId(undefined, "whordl"),
      line_number: index + 1,
      subtotal: totals.line_subtotals[index],
    }))
  )
  await insertCharges(
    em,
    { id, store_id: input.store_id },
    charges.map((charge, index) => ({
      ...charge,
      id: generateEntityId(undefined, "whordc"),
      charge_number: index + 1,
    }))
  )
  await recordHistory(em, {
    store_id: input.store_id,
    order_id: id,
    event: "create",
    from: null,
    to: "draft",
    actor,
    at: new Date(),
  })
  const begun = operation && (await insertOperation(em, { ...operation, store_id: input.store_id, order_id: id }))
  return { ...created, operation: begun ?? null }
}

async function existingOrder(em: EntityManager, id: string, input: CreateDraftInput): Promise<Order> {
  const [order] = await em.execute<Order[]>(
    `select ${ORDER_COLUMNS} from "wholesale_order"
     where deleted_at is null and store_id = ?
       and (id = ? or (connection_id = ? and purchase_order_id = ? and parent_id is null))`,
    [input.store_id, id, input.connection_id ?? null, input.purchase_order_id ?? null]
  )
  if (!order) {
    throw notFound("order", id)
  }
  return order
}

/** See `WholesaleOrderModuleService.discardDraft`. */
export async function discardDraft(
  em: EntityManager,
  { id, store_id }: { id: string; store_id: string }
): Promise<void> {
  const [order] = await em.execute<{ status: string }[]>(
    `select status from "wholesale_order" where id = ? and store_id = ? for update`,
    [id, store_id]
  )
  if (!order) {
    return
  }
  if (order.status !== "draft") {
    throw new WholesaleError(
      409,
      "not_a_draft",
      `Order ${id} is ${order.status}: only drafts are discarded, cancel it instead.`,
      { document: "order", id, status: order.status }
    )
  }
  for (const table of ["wholesale_order_event", "wholesale_order_line", "wholesale_order_charge"]) {
    await em.execute(`delete from "${table}" where order_id = ?`, [id])
  }
  await em.execute(`delete from "wholesale_order" where id = ?`, [id])
}
