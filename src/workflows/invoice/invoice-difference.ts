import type { Amount } from "../../lib/money/amount"
import { subtractAmounts, sumAmounts } from "../../lib/money/amount"
import { WHOLE_ORDER } from "../../modules/wholesale-order/domain/invoice-due"
import type { OrderOnInvoice } from "../../modules/wholesale-invoice/persistence/invoices/invoices"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"

export interface InvoicedOrder extends Pick<OrderDocument, "total" | "currency_code"> {
  readonly lines: readonly Pick<OrderDocument["lines"][number], "quantity" | "shipped_quantity">[]
  readonly shipments: readonly unknown[]
}

type Share = Pick<OrderOnInvoice, "parts" | "total">

/**
 * What is posted beside the order's total once all of it is invoiced: its parts round by themselves, and
 * together with others on one invoice. Σ of its shares − the order's total, of either sign.
 *
 * @param shares what the invoices that stand say of it
 * @returns undefined while a part is still to come: what was posted before stays
 */
export function invoiceDifference(order: InvoicedOrder, shares: readonly Share[]): Amount | undefined {
  const parts = shares.flatMap((share) => share.parts)
  const allShipped = order.lines.every((line) => line.shipped_quantity === line.quantity)
  const isComplete = parts.includes(WHOLE_ORDER) || (allShipped && parts.length === order.shipments.length)
  return isComplete
    ? subtractAmounts(totalOf(shares, order.currency_code), order.total, order.currency_code)
    : undefined
}

/**
 * What the ledger holds of an approved order beyond the invoices that stand:
 * order's total + difference − Σ of its shares. Below zero where the parts that went out have rounded to
 * more than the order, and the rest of it, which is free, has not gone.
 *
 * @param difference as it is posted
 */
export function postedAndUninvoiced(
  order: Pick<InvoicedOrder, "total" | "currency_code">,
  difference: Amount,
  shares: readonly Pick<Share, "total">[]
): Amount {
  const posted = sumAmounts([order.total, difference], order.currency_code)
  return subtractAmounts(posted, totalOf(shares, order.currency_code), order.currency_code)
}

const totalOf = (shares: readonly Pick<Share, "total">[], currencyCode: string): Amount =>
  sumAmounts(shares.map(({ total }) => total), currencyCode)
