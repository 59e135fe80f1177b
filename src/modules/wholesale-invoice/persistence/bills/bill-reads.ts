import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { startOfDay } from "../../../../lib/calendar/days"
import { isOverdue } from "../../domain/overdue"
import type { BillStatus } from "../../domain/invoice-machine"
import type { BillDocument } from "./bill-documents"
import { documentsOfBill } from "./bill-documents"
import type { Bill, BillRow } from "./bills"
import { readBill, toBill } from "./bills"
import type { OfStore } from "../invoices/invoices"
import type { Page } from "../paging"
import { containing, listPage } from "../paging"

export interface BillFilters {
  readonly store_id: string
  readonly status?: BillStatus | readonly BillStatus[]
  readonly connection_id?: string
  readonly purchase_order_id?: string
  readonly overdue?: boolean
  /** A part of the invoice's, order's or purchase order's number. */
  readonly q?: string
  readonly now?: Date
}

export interface ListedBill extends Bill {
  readonly is_overdue: boolean
}

export interface BillDetail extends ListedBill {
  /** Credit notes and payments received for it, oldest first. */
  readonly documents: BillDocument[]
}

const OVERDUE = "status in ('issued', 'partially_paid') and due_at < ?::timestamptz"

export async function listBills(
  manager: EntityManager,
  filters: BillFilters,
  page: Page = {}
): Promise<{ bills: ListedBill[]; count: number }> {
  const { status, connection_id, purchase_order_id, overdue, q, now = new Date() } = filters
  const { rows, count } = await listPage<BillRow>(
    manager,
    {
      columns: "bill.*",
      tables: "wholesale_bill bill",
      alias: "bill",
      orderable: ["created_at", "issued_at", "due_at", "invoice_number", "status", "total"],
    },
    [
      ["store_id = ?", filters.store_id],
      status === undefined
        ? undefined
        : ["status in (select json_array_elements_text(?::json))", JSON.stringify([status].flat())],
      connection_id === undefined ? undefined : ["connection_id = ?", connection_id],
      purchase_order_id === undefined ? undefined : ["orders @> ?::jsonb", JSON.stringify([{ purchase_order_id }])],
      overdue === undefined
        ? undefined
        : [overdue ? OVERDUE : `not (${OVERDUE})`, startOfDay(now).toISOString()],
      q === undefined
        ? undefined
        : [
            `invoice_number ilike ? or exists (
               select 1 from jsonb_to_recordset(orders) as item(order_number text, purchase_order_number text)
                where item.order_number ilike ? or item.purchase_order_number ilike ?)`,
            containing(q),
            containing(q),
            containing(q),
          ],
    ],
    page
  )
  return {
    bills: rows.map((row) => {
      const bill = toBill(row)
      return { ...bill, is_overdue: isOverdue(bill, now) }
    }),
    count,
  }
}

/** @throws WholesaleError 404 */
export async function retrieveBill(
  manager: EntityManager,
  { store_id, id, now = new Date() }: OfStore & { readonly now?: Date }
): Promise<BillDetail> {
  const bill = await readBill(manager, { store_id, id })
  return {
    ...bill,
    is_overdue: isOverdue(bill, now),
    documents: await documentsOfBill(manager, bill),
  }
}
