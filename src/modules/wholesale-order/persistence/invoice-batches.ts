import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import type { KeyPage } from "../../../lib/sql/key-page"
import { calendarDay } from "../../../lib/calendar/days"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import { batchesOf, misfit, type Batch, type BatchKey, type WaitingPart } from "../domain/invoice-batches"
import type { InvoiceConsolidation } from "../domain/invoice-due"
import type { OrderStatus } from "../domain/order-machine"
import { assertNoOperation } from "./operations"
import type { OrderKey } from "./reads"

export interface InvoiceBatch extends Batch {
  readonly id: string
  readonly store_id: string
  readonly run_id: string
  readonly invoice_at: Date
  readonly actor_type: Actor["actor_type"]
  readonly actor_id: string
  readonly done_at: Date | null
}

export interface WaitingFilters {
  readonly store_id: string
  readonly account_id?: string
  readonly order_ids?: readonly string[]
  /** Supplied before. */
  readonly before?: Date
  readonly consolidation?: InvoiceConsolidation
}

export interface ClaimInput extends WaitingFilters {
  /** What makes the batches, once. */
  readonly run_id: string
  readonly account_id: string
  /** These, on one invoice; all that waits where they are not given. */
  readonly order_ids?: readonly string[]
  readonly invoice_at?: Date
  readonly actor: Actor
}

/** Where goods go is part of how they are taxed; it is on the invoice, and keeps no two orders apart. */
export interface WaitingOrderPart extends WaitingPart {
  readonly purchase_order_number: string | null
}

const BATCH_COLUMNS = `id, store_id, run_id, account_id, connection_id, currency_code, terms, parts, invoice_at,
  actor_type, actor_id, done_at`

/** See `WholesaleOrderModuleService.claimInvoiceParts`. */
export async function claimInvoiceParts(em: EntityManager, input: ClaimInput): Promise<InvoiceBatch[]> {
  // Who comes second waits here, and finds what the first has made.
  const locked = await lockWaiting(em, input)
  const made = await batchesOfRun(em, input)
  if (made.length) {
    return made
  }
  const parts = await claimable(em, input, locked)
  const batches = batchesOf(parts)
  for (const batch of batches) {
    await takeOff(em, input.store_id, batch)
  }
  const records = batches.map((batch, index) => ({
    ...batch,
    id: derivedId("whinvb", input.run_id, String(index)),
    store_id: input.store_id,
    run_id: input.run_id,
    invoice_at: (input.invoice_at ?? new Date()).toISOString(),
    ...input.actor,
  }))
  if (records.length) {
    await em.execute(insertRecordsSql("wholesale_invoice_batch", Object.keys(records[0])), [JSON.stringify(records)])
  }
  return await batchesOfRun(em, input)
}

/** @returns the orders that nobody else can take anything off until the transaction ends */
async function lockWaiting(em: EntityManager, { store_id, account_id, order_ids }: ClaimInput): Promise<string[]> {
  const named = order_ids !== undefined
  const rows = await em.execute<{ id: string }[]>(
    `select id from "wholesale_order"
     where store_id = ? and ${named ? "id in (select json_array_elements_text(?::json))" : "account_id = ? and invoice_parts_waiting <> '[]'::jsonb"}
       and deleted_at is null
     order by id for update`,
    [store_id, named ? JSON.stringify(order_ids) : account_id]
  )
  return rows.map(({ id }) => id)
}

async function batchesOfRun(
  em: EntityManager,
  { store_id, run_id }: Pick<ClaimInput, "store_id" | "run_id">
): Promise<InvoiceBatch[]> {
  return await em.execute<InvoiceBatch[]>(
    `select ${BATCH_COLUMNS} from "wholesale_invoice_batch"
     where store_id = ? and run_id = ? and deleted_at is null order by created_at, id`,
    [store_id, run_id]
  )
}

async function claimable(em: EntityManager, input: ClaimInput, locked: readonly string[]): Promise<WaitingPart[]> {
  if (input.order_ids === undefined) {
    return await waitingParts(em, { ...input, order_ids: locked })
  }
  await assertOrdersWait(em, input, input.order_ids)
  const parts = await waitingParts(em, input)
  const other = misfit(parts)
  if (other) {
    const { order_number } = other.part
    throw new WholesaleError(
      409,
      "orders_do_not_fit",
      `Order ${order_number} cannot be on one invoice with ${parts[0].order_number}: ${DIFFERS[other.differs_in]}. Invoice it apart.`,
      { order_id: other.part.order_id, number: order_number, differs_in: other.differs_in }
    )
  }
  return parts
}

const DIFFERS = {
  account_id: "it is another account's",
  currency_code: "it is in another currency",
  connection_id: "it came over another connection",
  terms: "it is on other payment terms",
} as const

interface NamedOrder {
  readonly id: string
  readonly number: string | null
  readonly account_id: string
  readonly status: OrderStatus
  readonly invoice_parts_waiting: readonly number[]
}

/** Every order that was named waits to be invoiced, is the account's, and is not being cancelled. */
async function assertOrdersWait(
  em: EntityManager,
  { store_id, account_id }: ClaimInput,
  ids: readonly string[]
): Promise<void> {
  const orders = await em.execute<NamedOrder[]>(
    `select id, number, account_id, status, invoice_parts_waiting from "wholesale_order"
     where store_id = ? and id in (select json_array_elements_text(?::json)) and deleted_at is null`,
    [store_id, JSON.stringify(ids)]
  )
  for (const id of ids) {
    const order = orders.find((each) => each.id === id)
    if (!order) {
      throw notFound("order", id)
    }
    const details = { order_id: id, number: order.number, status: order.status }
    if (order.account_id !== account_id) {
      throw new WholesaleError(
        409,
        "order_of_another_account",
        `Order ${order.number} is another account's: invoice it with that account's orders.`,
        { ...details, account_id: order.account_id }
      )
    }
    if (order.invoice_parts_waiting.length === 0) {
      throw new WholesaleError(
        409,
        "nothing_to_invoice",
        `Nothing of order ${order.number} waits to be invoiced; it is ${order.status}. ` +
          "What was supplied of it is invoiced, or it is not so far: leave it out.",
        details
      )
    }
    await assertNoOperation(em, id)
  }
}

/** See `WholesaleOrderModuleService.waitingParts`. Oldest first. */
export async function waitingParts(
  em: EntityManager,
  { store_id, account_id, order_ids, before, consolidation }: WaitingFilters
): Promise<WaitingOrderPart[]> {
  const conditions: [sql: string, ...params: unknown[]][] = [["store_id = ?", store_id]]
  if (account_id !== undefined) {
    conditions.push(["account_id = ?", account_id])
  }
  if (order_ids !== undefined) {
    conditions.push(["id in (select json_array_elements_text(?::json))", JSON.stringify(order_ids)])
  }
  if (consolidation !== undefined) {
    conditions.push(["invoice_consolidation = ?", consolidation])
  }
  return await em.execute<WaitingOrderPart[]>(
    `${SELECT_WAITING} and ${conditions.map(([sql]) => `wholesale_order.${sql}`).join(" and ")}
     ${before ? "and coalesce(shipment.shipped_at, completed_at, approved_at) < ?" : ""}
     order by supplied_at, order_id, part`,
    [...conditions.flatMap(([, ...params]) => params), ...(before ? [before] : [])]
  )
}

/** What waits of an account that would be on one invoice. */
export interface WaitingSummary extends BatchKey {
  readonly order_count: number
  readonly supplied_from: Date
  readonly supplied_through: Date
}

/** See `WholesaleOrderModuleService.waitingByAccount`. */
export async function waitingByAccount(
  em: EntityManager,
  { store_id, before }: Pick<WaitingFilters, "store_id" | "before">
): Promise<WaitingSummary[]> {
  return await em.execute<WaitingSummary[]>(
    `select account_id, connection_id, currency_code, terms, count(distinct order_id)::int as order_count,
            min(supplied_at) as supplied_from, max(supplied_at) as supplied_through
       from (${SELECT_WAITING} and wholesale_order.store_id = ?) waiting
      ${before ? "where supplied_at < ?" : ""}
      group by account_id, connection_id, currency_code, terms
      order by supplied_from, account_id`,
    [store_id, ...(before ? [before] : [])]
  )
}

/** A whole order is supplied when it is completed, or approved where it was invoiced by then. */
const SELECT_WAITING = `
  select wholesale_order.id as order_id, waiting.part::int as part, number as order_number, purchase_order_number,
         account_id, connection_id, currency_code, terms, line_count,
         coalesce(shipment.shipped_at, completed_at, approved_at) as supplied_at
    from "wholesale_order" cross join lateral jsonb_array_elements(invoice_parts_waiting) as waiting(part)
    left join "wholesale_order_shipment" shipment
      on shipment.order_id = wholesale_order.id and shipment.sequence = waiting.part::int and shipment.deleted_at is null
   where invoice_parts_waiting <> '[]'::jsonb and wholesale_order.deleted_at is null
     and not exists (select 1 from "wholesale_order_operation" operation
                      where operation.order_id = wholesale_order.id and operation.verb = 'cancel'
                        and operation.status in ('running', 'undoing') and operation.deleted_at is null)`

async function takeOff(em: EntityManager, storeId: string, { parts }: Batch): Promise<void> {
  await em.execute(
    `update "wholesale_order" set updated_at = now(), invoice_parts_waiting = (
       select coalesce(jsonb_agg(waiting.part), '[]'::jsonb) from jsonb_array_elements(invoice_parts_waiting) as waiting(part)
        where waiting.part::int not in (
          select taken.part from json_to_recordset(?::json) as taken(order_id text, part int)
           where taken.order_id = wholesale_order.id))
     where store_id = ? and id in (select taken.order_id from json_to_recordset(?::json) as taken(order_id text))`,
    [JSON.stringify(parts), storeId, JSON.stringify(parts)]
  )
}

/** See `WholesaleOrderModuleService.openInvoiceBatches`. */
export async function openInvoiceBatches(
  em: EntityManager,
  { limit, after = "", order_id }: KeyPage & { readonly order_id?: string }
): Promise<InvoiceBatch[]> {
  return await em.execute<InvoiceBatch[]>(
    `select ${BATCH_COLUMNS} from "wholesale_invoice_batch"
     where done_at is null and deleted_at is null and id > ?
       ${order_id === undefined ? "" : "and parts @> ?::jsonb"}
     order by id limit ?`,
    [after, ...(order_id === undefined ? [] : [JSON.stringify([{ order_id }])]), limit]
  )
}

/** See `WholesaleOrderModuleService.closeInvoiceBatch`. The first time counts. */
export async function closeInvoiceBatch(em: EntityManager, { id, store_id }: OrderKey): Promise<void> {
  await em.execute(
    `update "wholesale_invoice_batch" set done_at = coalesce(done_at, now()), updated_at = now()
     where id = ? and store_id = ?`,
    [id, store_id]
  )
}

export interface PeriodEnd {
  readonly consolidation: "weekly" | "monthly"
  /** The first moment after the period. */
  readonly until: Date
}

/** The run that invoices what an account got in a period. */
export function periodRun(accountId: string, { consolidation, until }: PeriodEnd): string {
  return `${accountId}:${consolidation}:${calendarDay(until)}`
}

export interface AccountToInvoice {
  readonly id: string
  readonly store_id: string
}

/** See `WholesaleOrderModuleService.accountsToInvoice`. */
export async function accountsToInvoice(
  em: EntityManager,
  { consolidation, until, limit, after = "" }: PeriodEnd & KeyPage
): Promise<AccountToInvoice[]> {
  return await em.execute<AccountToInvoice[]>(
    `select distinct store_id, account_id as id from (${SELECT_WAITING_OF_ALL}) waiting
      where invoice_consolidation = ? and supplied_at < ? and account_id > ?
        and not exists (select 1 from "wholesale_invoice_batch" batch
                         where batch.store_id = waiting.store_id and batch.run_id = account_id || ?)
      order by account_id limit ?`,
    [consolidation, until, after, periodRun("", { consolidation, until }), limit]
  )
}

const SELECT_WAITING_OF_ALL = SELECT_WAITING.replace("select ", "select wholesale_order.store_id, invoice_consolidation, ")
