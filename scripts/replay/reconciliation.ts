import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { decimalString, type Amount } from "../../src/lib/money/amount"
import { connectionOf } from "./database"

/** What a file says in all: counted and added up while it is read, row by row. */
export class FileTotals {
  rows = 0
  documents = 0
  rows_without_amount = 0
  private sum = MathBN.convert(0)

  /** @param amounts of all its rows; null where none can be read */
  add(amounts: readonly (Amount | null)[]): void {
    this.documents += 1
    this.rows += amounts.length
    this.rows_without_amount += amounts.filter((amount) => amount === null).length
    this.sum = MathBN.sum(this.sum, ...amounts.map((amount) => amount ?? 0))
  }

  get amount(): Amount {
    return decimalString(this.sum)
  }
}

/** What the books say at the end; counts of the store, sums exact and in major units. */
export interface Books {
  readonly orders: number
  readonly invoices_paid: number
  readonly credit_notes: number
  /** Core orders of the mirrors that still count, payments less refunds: as core's own tables have it. */
  readonly mirrors: Amount
  readonly live_mirrors: number
}

export async function readBooks(container: MedusaContainer, store_id: string): Promise<Books> {
  const { rows } = await connectionOf(container).raw<Books>(
    `with live as (
       select core.id from wholesale_mirror mirror join "order" core on core.id = mirror.core_order_id
       where mirror.store_id = ? and mirror.deleted_at is null
         and core.status <> 'canceled' and core.deleted_at is null
     )
     select
       (select count(*)::int from wholesale_order
         where store_id = ? and status = 'delivered' and deleted_at is null) as orders,
       (select count(*)::int from wholesale_invoice
         where store_id = ? and status = 'paid' and deleted_at is null) as invoices_paid,
       (select count(*)::int from wholesale_credit_note
         where store_id = ? and deleted_at is null) as credit_notes,
       (select count(*)::int from live) as live_mirrors,
       (select coalesce(sum((raw_amount->>'value')::numeric), 0)::text from order_transaction
         where order_id in (select id from live) and deleted_at is null) as mirrors`,
    Array<string>(4).fill(store_id)
  )
  return rows[0]
}
