import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { OrderStatus } from "../domain/order-machine"
import { ORDER_COLUMNS, type Order } from "./rows"

export interface OrderFilters {
  /** Part of the order's or the purchase order's number, in any case. */
  readonly q?: string
  readonly status?: OrderStatus | readonly OrderStatus[]
  readonly account_id?: string
  /** Placed at or after. */
  readonly from?: Date
  /** Placed before. */
  readonly to?: Date
  /** Whether the buyer wants it cancelled and has got no answer. */
  readonly cancel_requested?: boolean
  /** Whether it waits for a decision on credit. */
  readonly held?: boolean
  /** Whether it, or a shipment of it, waits to be put on an invoice with others. */
  readonly uninvoiced?: boolean
}

export interface OrderListing extends OrderFilters {
  /** `created_at`, `placed_at` or `number`; a leading `-` turns it round. */
  readonly order?: string
  readonly limit?: number
  readonly offset?: number
}

interface OrderCount {
  readonly count: number
  /** True above {@link EXACT_COUNT}, where the count is the planner's estimate. */
  readonly count_is_estimate: boolean
}

export interface OrderPage extends OrderCount {
  readonly orders: readonly Order[]
}

/** Counting stops here, so that a page of a large store costs what a page of a small one does. */
export const EXACT_COUNT = 10_000
/** Statistics are some changes old: an estimate beyond this is a count beyond {@link EXACT_COUNT}. */
const FAR_MORE = EXACT_COUNT * 1.5

/** A request that the order's end has answered is none any more. */
const CANCEL_REQUESTED = "cancel_requested_at is not null and status not in ('rejected', 'cancelled')"

const SORTABLE = new Set(["created_at", "placed_at", "number"])

/** See `WholesaleOrderModuleService.listOrders`. */
export async function listOrders(
  em: EntityManager,
  storeId: string,
  { order = "-created_at", limit = 50, offset = 0, ...filters }: OrderListing
): Promise<OrderPage> {
  const [where, params] = conditions(storeId, filters)
  const orders = await em.execute<Order[]>(
    `select ${ORDER_COLUMNS} from "wholesale_order" where ${where}
     order by ${ordering(order)} limit ? offset ?`,
    [...params, limit, offset]
  )
  if (orders.length < limit && (orders.length > 0 || offset === 0)) {
    return { orders, count: offset + orders.length, count_is_estimate: false }
  }
  return { orders, ...(await countOrders(em, storeId, filters)) }
}

/**
 * Counts what does not fit on one page: exact up to {@link EXACT_COUNT}. Where the planner is sure of
 * far more, nobody counts that far; it knows nothing of what a search will find.
 */
async function countOrders(
  em: EntityManager,
  storeId: string,
  filters: OrderFilters
): Promise<OrderCount> {
  const [where, params] = conditions(storeId, filters)
  const matching = `from "wholesale_order" where ${where}`
  const [explained] = await em.execute<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }[]>(
    `explain (format json) select 1 ${matching}`,
    params
  )
  const estimate = explained["QUERY PLAN"][0].Plan["Plan Rows"]
  if (!filters.q && estimate > FAR_MORE) {
    return { count: estimate, count_is_estimate: true }
  }
  const [{ count }] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from (select 1 ${matching} limit ?) as counted`,
    [...params, EXACT_COUNT + 1]
  )
  return count <= EXACT_COUNT
    ? { count, count_is_estimate: false }
    : { count: Math.max(count, estimate), count_is_estimate: true }
}

/** How many orders stand in each of the given statuses. */
export async function countByStatus(
  em: EntityManager,
  storeId: string,
  statuses: readonly OrderStatus[]
): Promise<Partial<Record<OrderStatus, number>>> {
  if (statuses.length === 0) {
    return {}
  }
  const rows = await em.execute<{ status: OrderStatus; count: number }[]>(
    `select status, count(*)::int as count from "wholesale_order"
     where store_id = ? and status in (?) and deleted_at is null group by status`,
    [storeId, [...statuses]]
  )
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}

/** How many orders wait for an answer to the buyer's wish to cancel. */
export async function countCancelRequests(em: EntityManager, storeId: string): Promise<number> {
  const [{ count }] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from "wholesale_order"
     where store_id = ? and deleted_at is null and ${CANCEL_REQUESTED}`,
    [storeId]
  )
  return count
}

function conditions(storeId: string, filters: OrderFilters): [string, unknown[]] {
  const where = ["store_id = ?", "deleted_at is null"]
  const params: unknown[] = [storeId]
  const add = (condition: string, ...values: unknown[]) => {
    where.push(condition)
    params.push(...values)
  }
  const { q, status, account_id, from, to, cancel_requested, held, uninvoiced } = filters
  if (status !== undefined) {
    const statuses = typeof status === "string" ? [status] : [...status]
    if (statuses.length === 0) {
      add("false")
    } else {
      add("status in (?)", statuses)
    }
  }
  if (account_id !== undefined) {
    add("account_id = ?", account_id)
  }
  if (from) {
    add("placed_at >= ?", from)
  }
  if (to) {
    add("placed_at < ?", to)
  }
  if (cancel_requested !== undefined) {
    add(cancel_requested ? CANCEL_REQUESTED : `not (${CANCEL_REQUESTED})`)
  }
  if (uninvoiced !== undefined) {
    add(`invoice_parts_waiting ${uninvoiced ? "<>" : "="} '[]'::jsonb`)
  }
  if (held !== undefined) {
    add(held ? "held_at is not null" : "held_at is null")
  }
  if (q) {
    const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`
    add("(number ilike ? or purchase_order_number ilike ?)", pattern, pattern)
  }
  return [where.join(" and "), params]
}

function ordering(order: string): string {
  const column = order.replace(/^-/, "")
  if (!SORTABLE.has(column)) {
    throw new WholesaleError(
      400,
      "invalid_order",
      `Orders cannot be sorted by ${column}: use ${[...SORTABLE].join(", ")}.`,
      { order }
    )
  }
  // The index is read backwards for a descending page; a column that may be empty keeps its nulls at
  // the same end of the index.
  return order.startsWith("-") ? `${column} desc, id desc` : `${column}, id`
}
