import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { KeyPage } from "../../../lib/sql/key-page"
import type { OrderKey } from "./reads"

export interface OrderWithPartsDue extends OrderKey {
  readonly invoice_parts_due: readonly number[]
}

/** Orders with invoices still to be issued, oldest ids first. */
export async function ordersToInvoice(
  em: EntityManager,
  { limit, after = "" }: KeyPage
): Promise<OrderWithPartsDue[]> {
  return await em.execute<OrderWithPartsDue[]>(
    `select id, store_id, invoice_parts_due from "wholesale_order"
     where invoice_parts_due <> '[]'::jsonb and deleted_at is null and id > ? order by id limit ?`,
    [after, limit]
  )
}

/** Takes a part off what is due; one that is not due changes nothing. */
export async function settleInvoicePart(
  em: EntityManager,
  { id, store_id, part }: OrderKey & { readonly part: number }
): Promise<void> {
  await em.execute(
    `update "wholesale_order"
     set invoice_parts_due = (
       select coalesce(jsonb_agg(due), '[]'::jsonb) from jsonb_array_elements(invoice_parts_due) as due
       where due <> to_jsonb(?::int)
     )
     where id = ? and store_id = ?`,
    [part, id, store_id]
  )
}

export interface ReturnedPart extends OrderKey {
  readonly part: number
  /** What returns it, once: its row on the void invoice. */
  readonly key: string
}

/** See `WholesaleOrderModuleService.returnInvoicePart`. */
export async function returnInvoicePart(
  em: EntityManager,
  { id, store_id, part, key }: ReturnedPart
): Promise<void> {
  await em.execute(
    `update "wholesale_order"
     set invoice_parts_waiting = case when invoice_parts_waiting @> to_jsonb(?::int) then invoice_parts_waiting
                                      else invoice_parts_waiting || to_jsonb(?::int) end,
         invoice_parts_returned = coalesce(invoice_parts_returned, '[]'::jsonb) || to_jsonb(?::text),
         updated_at = now()
     where id = ? and store_id = ? and status not in ('cancelled', 'rejected')
       and not coalesce(invoice_parts_returned, '[]'::jsonb) @> to_jsonb(?::text)`,
    [part, part, key, id, store_id, key]
  )
}
