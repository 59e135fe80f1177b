import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../lib/money/amount"
import { roundAmount } from "../../../lib/money/amount"
import type { KeyPage } from "../../../lib/sql/key-page"
import type { SeenBy } from "../../../lib/sql/snapshot"
import { seeSnapshot } from "../../../lib/sql/snapshot"

export interface UninvoicedOrdersInput extends KeyPage, SeenBy {
  readonly store_id: string
  readonly account_ids: readonly string[]
  /**
   * Those that were approved before and not cancelled then, whatever of them was invoiced. Where it is not
   * given: those that are approved, and of which something may be on no invoice.
   */
  readonly until?: Date
  /** These among them, whatever they say of their invoices. */
  readonly also?: readonly string[]
}

export interface UninvoicedOrder {
  readonly id: string
  readonly account_id: string
  readonly currency_code: string
  readonly total: Amount
  /** A verb on it is under way, or its invoice: what the ledger holds of it may be ahead of what it says itself. */
  readonly in_flight: boolean
}

/** See `WholesaleOrderModuleService.uninvoicedOrders`. */
export async function uninvoicedOrders(
  em: EntityManager,
  { store_id, account_ids, until, also = [], limit, after = "", ...seen }: UninvoicedOrdersInput
): Promise<UninvoicedOrder[]> {
  await seeSnapshot(em, seen)
  const isCounted = until
    ? "approved_at < ? and (cancelled_at is null or cancelled_at >= ?)"
    : `approved_at is not null and status <> 'cancelled'
       and (not (${IS_SUPPLIED}) or invoice_parts_due <> '[]'::jsonb or invoice_parts_waiting <> '[]'::jsonb
            or ${IS_IN_BATCH} or id in (select json_array_elements_text(?::json)))`
  const rows = await em.execute<UninvoicedOrder[]>(
    `select id, account_id, currency_code, total, ${IS_UNDER_WAY} as in_flight
       from "wholesale_order" o
      where store_id = ? and account_id in (select json_array_elements_text(?::json)) and deleted_at is null
        and id > ? and status <> 'draft' and ((${isCounted}) or ${IS_UNDER_WAY})
      order by id limit ?`,
    [store_id, JSON.stringify(account_ids), after, ...(until ? [until, until] : [JSON.stringify(also)]), limit]
  )
  return rows.map((row) => ({ ...row, total: roundAmount(row.total, row.currency_code) }))
}

/** Nothing of it is still to become due. */
const IS_SUPPLIED = `case invoice_on
  when 'approval' then true
  when 'completion' then completed_at is not null
  when 'shipment' then not exists (select 1 from "wholesale_order_line" line
                                    where line.order_id = o.id and line.shipped_quantity <> line.quantity
                                      and line.deleted_at is null)
  else false end`

const IS_IN_BATCH = `exists (select 1 from "wholesale_invoice_batch" batch
  where batch.done_at is null and batch.deleted_at is null
    and batch.parts @> jsonb_build_array(jsonb_build_object('order_id', o.id)))`

const IS_UNDER_WAY = `exists (select 1 from "wholesale_order_operation" operation
  where operation.order_id = o.id and operation.status in ('running', 'undoing') and operation.deleted_at is null)`
