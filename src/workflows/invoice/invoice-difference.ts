import type { Amount } from "../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../lib/money/amount"
import { WHOLE_ORDER } from "../../modules/wholesale-order/domain/invoice-due"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"

export interface InvoicedOrder extends Pick<OrderDocument, "total" | "currency_code"> {
  readonly lines: readonly Pick<OrderDocument["lines"][number], "quantity" | "shipped_quantity">[]
  readonly shipments: readonly unknown[]
}

type PartInvoice = Pick<Invoice, "part" | "total" | "status">

/**
 * What is posted beside the order's total once all of it is invoiced: the parts round by themselves.
 * Σ of their totals − the order's total, of either sign; 0 while a part is still to come.
 *
 * @param invoices all of the order's, void ones too: withdrawing one leaves the ledger alone
 */
export function invoiceDifference(order: InvoicedOrder, invoices: readonly PartInvoice[]): Amount {
  const isWhole = invoices.some(({ part }) => part === WHOLE_ORDER)
  const allShipped = order.lines.every((line) => line.shipped_quantity === line.quantity)
  const isComplete = isWhole || (allShipped && invoices.length === order.shipments.length)
  return isComplete
    ? subtractAmounts(totalOf(invoices, order.currency_code), order.total, order.currency_code)
    : roundAmount(0, order.currency_code)
}

/**
 * What the ledger holds of an approved order beyond the invoices that stand:
 * order's total + difference − Σ of the standing invoices. Below zero where the parts that went out
 * have rounded to more than the order, and the rest of it, which is free, has not gone.
 *
 * @param invoices all of the order's, void ones too
 */
export function postedAndUninvoiced(order: InvoicedOrder, invoices: readonly PartInvoice[]): Amount {
  const standing = invoices.filter(({ status }) => status !== "void")
  const posted = sumAmounts([order.total, invoiceDifference(order, invoices)], order.currency_code)
  return subtractAmounts(posted, totalOf(standing, order.currency_code), order.currency_code)
}

const totalOf = (invoices: readonly PartInvoice[], currencyCode: string): Amount =>
  sumAmounts(invoices.map(({ total }) => total), currencyCode)
