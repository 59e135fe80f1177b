import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { KeyPage } from "../../../../lib/sql/key-page"
import type { OfStore } from "./invoices"

/** A part of an order that stood on an invoice which is void. */
export interface PartToReturn extends OfStore {
  readonly order_id: string
  readonly part: number
}

/** Parts that are on no invoice any more, and whose orders do not know it yet; of one invoice where it is given. */
export async function partsToReturn(
  manager: EntityManager,
  { limit, after = "", invoice_id }: KeyPage & { readonly invoice_id?: string }
): Promise<PartToReturn[]> {
  return await manager.execute<PartToReturn[]>(
    `select id, store_id, order_id, part from wholesale_invoice_order
      where withdrawn_at is not null and returned_at is null and deleted_at is null and id > ?
        ${invoice_id === undefined ? "" : "and invoice_id = ?"}
      order by id limit ?`,
    [after, ...(invoice_id === undefined ? [] : [invoice_id]), limit]
  )
}

/** The order knows; the first time counts. */
export async function markPartReturned(manager: EntityManager, { id, store_id }: OfStore): Promise<void> {
  await manager.execute(
    `update wholesale_invoice_order set returned_at = coalesce(returned_at, now()), updated_at = now()
      where id = ? and store_id = ? and withdrawn_at is not null`,
    [id, store_id]
  )
}
