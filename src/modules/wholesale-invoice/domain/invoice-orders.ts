import type { Amount } from "../../../lib/money/amount"
import { sumAmounts } from "../../../lib/money/amount"
import type { CreditNoteLine } from "./credit-note-shares"

/** A part of an order that stands on an invoice: the whole of it (0), or the shipment of that sequence. */
export interface InvoicedPart {
  readonly order_id: string
  readonly part: number
  readonly order_number: string
  readonly purchase_order_id: string | null
  readonly purchase_order_number: string | null
}

/** An order that an invoice is over, with all of its parts that stand there. */
export interface InvoiceOrder extends Omit<InvoicedPart, "part"> {
  readonly parts: readonly number[]
}

/** The orders of an invoice, in the order of their first parts. */
export function ordersOf(parts: readonly InvoicedPart[]): InvoiceOrder[] {
  const orders = new Map<string, InvoiceOrder>()
  for (const { part, ...order } of parts) {
    const known = orders.get(order.order_id)
    orders.set(order.order_id, { ...(known ?? order), parts: [...(known?.parts ?? []), part] })
  }
  return [...orders.values()]
}

/** What one invoice says of one order. */
export interface OrderShare {
  readonly total: Amount
  /** Of it, what credit notes took back. */
  readonly credited: Amount
}

interface ShareLine {
  readonly order_id: string
  readonly subtotal: Amount
  readonly tax_total: Amount
  readonly credited_amount: Amount
  readonly credited_tax: Amount
}

/** Each order's part of an invoice, by its lines and their shares of the taxes: together they are its total. */
export function orderShares(lines: readonly ShareLine[], currencyCode: string): Map<string, OrderShare> {
  const shares = new Map<string, OrderShare>()
  for (const line of lines) {
    const before = shares.get(line.order_id)
    shares.set(line.order_id, {
      total: sumAmounts([before?.total ?? "0", line.subtotal, line.tax_total], currencyCode),
      credited: sumAmounts([before?.credited ?? "0", line.credited_amount, line.credited_tax], currencyCode),
    })
  }
  return shares
}

/** What a credit note takes back of each order: together it is the note's total. */
export function noteShares(
  noteLines: readonly Pick<CreditNoteLine, "line_id" | "subtotal" | "tax">[],
  lines: readonly { readonly id: string; readonly order_id: string }[],
  currencyCode: string
): Map<string, Amount> {
  const orderOf = new Map(lines.map(({ id, order_id }) => [id, order_id]))
  const shares = new Map<string, Amount>()
  for (const { line_id, subtotal, tax } of noteLines) {
    const order = orderOf.get(line_id)
    if (order !== undefined) {
      shares.set(order, sumAmounts([shares.get(order) ?? "0", subtotal, tax], currencyCode))
    }
  }
  return shares
}
