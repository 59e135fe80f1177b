import type { DocumentTotals } from "../../documents/model/document"
import type { DocumentCharge, DocumentLine, Unit } from "../../documents/model/line"
import type { DocumentTax } from "../../documents/model/tax"
import { isCharge, type InvoiceLineKind } from "../../lib/charges/charge"
import { sumAmounts, type Amount } from "../../lib/money/amount"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"

/** Goods are counted in pieces. */
export const PIECE: Unit = { code: "C62", label: null }

/** A line as orders, invoices and credit notes keep it. */
interface KeptLine {
  readonly line_number: number
  readonly sku: string
  readonly title: string
  /** Null where an amount is credited, and no goods. */
  readonly quantity: number | null
  readonly unit_price: Amount
  readonly subtotal: Amount
}

export const documentLine = (
  { line_number, sku, title, quantity, unit_price, subtotal }: KeptLine,
  tax: DocumentTax
): DocumentLine => ({
  line_number,
  sku,
  title,
  description: null,
  quantity: quantity === null ? null : String(quantity),
  unit: PIECE,
  unit_price,
  subtotal,
  tax,
  order_number: null,
})

interface KeptLineWithTax extends Omit<KeptLine, "line_number"> {
  /** Where several orders are on one document: those that the line is of. */
  readonly order?: string | null
  readonly kind: InvoiceLineKind
  readonly tax_rate: string
  readonly tax_code: string | null
}

/** The lines of an invoice or a credit note as a document has them: goods numbered anew, charges apart. */
export function linesAndCharges(
  lines: readonly KeptLineWithTax[],
  taxOf: (line: KeptLineWithTax) => DocumentTax
): { readonly lines: DocumentLine[]; readonly charges: DocumentCharge[] } {
  return {
    lines: lines
      .filter(({ kind }) => !isCharge(kind))
      .map((line, index) => ({
        ...documentLine({ ...line, line_number: index + 1 }, taxOf(line)),
        order_number: line.order ?? null,
      })),
    charges: lines.flatMap((line) =>
      isCharge(line.kind)
        ? [{ kind: line.kind, title: line.title, amount: line.subtotal, tax: taxOf(line) }]
        : []
    ),
  }
}

/** The order that a line is of, and the buyer's number of it, where there are others on the invoice. */
export function ordersOfLines({ orders }: Pick<Invoice, "orders">): (orderId: string | undefined) => string | null {
  const numbers = new Map(
    orders.map(({ order_id, order_number, purchase_order_number }) => [
      order_id,
      [order_number, purchase_order_number].filter(Boolean).join(" / "),
    ])
  )
  return (orderId) => (orders.length > 1 ? (numbers.get(orderId ?? "") ?? null) : null)
}

/** The orders that an invoice is over; a purchase order is named where it is that of all of them. */
export function orderReferences({ orders }: Pick<Invoice, "orders">): {
  order_numbers: string[]
  purchase_order_number: string | null
} {
  const theirs = new Set(orders.map(({ purchase_order_number }) => purchase_order_number))
  const [purchase_order_number] = theirs
  return {
    order_numbers: orders.map(({ order_number }) => order_number),
    purchase_order_number: theirs.size === 1 ? purchase_order_number : null,
  }
}

export function totalsOf(
  figures: Readonly<Record<"subtotal" | "charge_total" | "tax_total" | "total", Amount>>,
  currencyCode: string
): DocumentTotals {
  const { subtotal, charge_total, tax_total, total } = figures
  return {
    lines: subtotal,
    charges: charge_total,
    discounts: sumAmounts([], currencyCode),
    net: sumAmounts([subtotal, charge_total], currencyCode),
    tax: tax_total,
    gross: total,
  }
}
