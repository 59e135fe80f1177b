import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import { discountUntil } from "../../../../lib/terms/payment-terms"
import { payableWithDiscount } from "../../domain/early-payment-discount"
import type { PayableInvoice } from "../../domain/match-bank-lines"
import type { Invoice, InvoiceRow } from "../rows"
import { INVOICE_COLUMNS, toInvoice } from "../rows"

/** The open invoices of a store in a currency, as what comes in at the bank is matched with them. */
export async function payableInvoices(
  manager: EntityManager,
  { store_id, currency_code }: { readonly store_id: string; readonly currency_code: string }
): Promise<PayableInvoice[]> {
  const rows = await manager.execute<InvoiceRow[]>(
    `select ${INVOICE_COLUMNS} from wholesale_invoice invoice
      where store_id = ? and currency_code = ? and status in ('issued', 'partially_paid')
        and deleted_at is null
      order by due_at, number`,
    [store_id, currency_code]
  )
  return rows.map(toInvoice).map((invoice) => ({
    id: invoice.id,
    number: invoice.number,
    order_numbers: invoice.orders.flatMap(({ order_number, purchase_order_number }) =>
      purchase_order_number === null ? [order_number] : [order_number, purchase_order_number]
    ),
    account_id: invoice.account_id,
    currency_code: invoice.currency_code,
    outstanding: invoice.outstanding,
    early: earlyPayment(invoice),
    due_at: invoice.due_at,
  }))
}

/** Of an invoice of which no part was paid early before: that needs its payments, and people look at it. */
function earlyPayment({ currency_code, outstanding, discount_total, issued_at, terms }: Invoice): PayableInvoice["early"] {
  const until = discountUntil(issued_at, terms)
  if (!until || !terms.discount || MathBN.gt(discount_total, 0)) {
    return null
  }
  const basis = { currency_code, outstanding, percent: terms.discount.percent, discounted_paid: "0", discount_total: "0" }
  return { payable: payableWithDiscount(basis), until }
}

/** Which of these payments are recorded already. */
export async function recordedPayments(
  manager: EntityManager,
  { store_id, ids }: { readonly store_id: string; readonly ids: readonly string[] }
): Promise<string[]> {
  const rows = await manager.execute<{ id: string }[]>(
    `select id from wholesale_payment
      where store_id = ? and id in (select json_array_elements_text(?::json)) and deleted_at is null`,
    [store_id, JSON.stringify(ids)]
  )
  return rows.map(({ id }) => id)
}
