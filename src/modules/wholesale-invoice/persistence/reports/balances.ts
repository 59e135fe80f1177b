import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Amount } from "../../../../lib/money/amount"
import { addDays } from "../../../../lib/calendar/days"
import type { SeenBy } from "../../../../lib/sql/snapshot"
import { seeSnapshot } from "../../../../lib/sql/snapshot"
import { ageing } from "./ageing"

interface OfAccounts extends SeenBy {
  readonly store_id: string
  readonly account_ids: readonly string[]
}

export interface ReceivableBalance {
  readonly account_id: string
  readonly currency_code: string
  /** What is open of invoices and late charges. */
  readonly outstanding: Amount
  /** Credit on account that lies on no invoice. */
  readonly unapplied: Amount
}

/** No document is dated after it. */
const END_OF_TIME = new Date("9999-01-01")

/** What accounts owe by their documents: before `until`, or by all of them. Accounts with neither have no row. */
export async function receivableBalances(
  manager: EntityManager,
  { store_id, account_ids, until = END_OF_TIME, ...seen }: OfAccounts & { readonly until?: Date }
): Promise<ReceivableBalance[]> {
  await seeSnapshot(manager, seen)
  const { accounts } = await ageing(manager, { store_id, account_ids, as_of: addDays(until, -1) })
  return accounts.map(({ account_id, currency_code, outstanding, unapplied }) => ({
    account_id,
    currency_code,
    outstanding,
    unapplied,
  }))
}

export interface InvoicedOrder {
  readonly order_id: string
  readonly total: string
}

/**
 * What invoices that stand say of orders, together: issued before `until` and not withdrawn then, or those that
 * stand now. Of orders that are on none there is no row.
 */
export async function invoicedOrders(
  manager: EntityManager,
  { store_id, order_ids, until, ...seen }: SeenBy & {
    readonly store_id: string
    readonly order_ids: readonly string[]
    readonly until?: Date
  }
): Promise<InvoicedOrder[]> {
  await seeSnapshot(manager, seen)
  return await manager.execute<InvoicedOrder[]>(
    `with standing as (
       select distinct item.invoice_id, item.order_id
         from wholesale_invoice_order item join wholesale_invoice invoice on invoice.id = item.invoice_id
        where item.order_id in (select json_array_elements_text(?::json)) and item.store_id = ?
          and ${until ? "invoice.issued_at < ? and (item.withdrawn_at is null or item.withdrawn_at >= ?)" : "item.withdrawn_at is null"}
          and item.deleted_at is null)
     select order_id, sum(line.subtotal + line.tax_total) as total
       from standing join wholesale_invoice_line line using (invoice_id, order_id)
      where line.deleted_at is null
      group by order_id`,
    [JSON.stringify(order_ids), store_id, ...(until ? [until, until] : [])]
  )
}

/** Orders of which a part stood on an invoice that is void, and which do not know it yet. */
export async function ordersToTell(
  manager: EntityManager,
  { store_id, account_ids, ...seen }: OfAccounts
): Promise<string[]> {
  await seeSnapshot(manager, seen)
  const rows = await manager.execute<{ order_id: string }[]>(
    `select distinct item.order_id
       from wholesale_invoice_order item join wholesale_invoice invoice on invoice.id = item.invoice_id
      where item.withdrawn_at is not null and item.returned_at is null and item.deleted_at is null
        and item.store_id = ? and invoice.account_id in (select json_array_elements_text(?::json))`,
    [store_id, JSON.stringify(account_ids)]
  )
  return rows.map(({ order_id }) => order_id)
}
