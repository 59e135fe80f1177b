import type { BigNumberInput } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { isCharge, type InvoiceLineKind } from "../../../lib/charges/charge"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { allocate } from "../../../lib/money/allocate"
import type { Amount } from "../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../lib/money/amount"
import type { TaxSummaryRow } from "./invoice-totals"
import { positiveAmount } from "../../../lib/money/exact-amount"

/** An invoice line with what earlier credit notes took from it. */
export interface CreditableLine {
  readonly id: string
  readonly kind: InvoiceLineKind
  readonly sku: string
  readonly title: string
  readonly quantity: number
  readonly subtotal: Amount
  readonly tax_rate: string
  readonly tax_code: string | null
  readonly tax_total: Amount
  readonly credited_quantity: number
  readonly credited_amount: Amount
  readonly credited_tax: Amount
}

export interface CreditNoteLine {
  readonly line_id: string
  readonly kind: InvoiceLineKind
  readonly sku: string
  readonly title: string
  /** null on a note over an amount: it lowers the price and takes no goods back. */
  readonly quantity: number | null
  readonly tax_rate: string
  readonly tax_code: string | null
  readonly subtotal: Amount
  readonly tax: Amount
}

export interface QuantityToCredit {
  readonly line_id: string
  readonly quantity: number
  /** Net amount the units are worth now, at most what is left of the line; their part of it by default. */
  readonly amount?: Amount
}

/**
 * The shares of a credit note over quantities. A quantity takes its part of what is left of the
 * line's net amount and tax, so that the last piece takes the rest: notes over all pieces of all
 * lines sum exactly to the invoice, and a piece whose price was lowered by an earlier note is worth
 * that much less. Units credited at an amount of their own take that, and its part of the tax. A line
 * named twice counts together.
 *
 * @throws WholesaleError 400 `unknown_invoice_line`, `invalid_quantity`, `line_named_twice` (with an
 * amount of its own), 409 `credit_exceeds_line` with `quantity`, `credited_quantity`,
 * `remaining_quantity`, `asked`, `over_by`, or with `remaining_amount`, `asked_amount`
 */
export function creditQuantities(
  lines: readonly CreditableLine[],
  asked: readonly QuantityToCredit[],
  currencyCode: string
): CreditNoteLine[] {
  const byId = new Map(lines.map((line) => [line.id, line]))
  const quantities = new Map<string, number>()
  const amounts = new Map<string, Amount>()
  for (const { line_id, quantity, amount } of asked) {
    if (!byId.has(line_id)) {
      throw new WholesaleError(
        400,
        "unknown_invoice_line",
        `Line ${line_id} does not stand on the invoice.`,
        { line_id }
      )
    }
    if (!Number.isInteger(quantity) || quantity < 1) {
      throw new WholesaleError(
        400,
        "invalid_quantity",
        `A credited quantity is a whole number above zero, not ${quantity}.`,
        { line_id, quantity }
      )
    }
    if (quantities.has(line_id) && (amount !== undefined || amounts.has(line_id))) {
      throw new WholesaleError(
        400,
        "line_named_twice",
        `Line ${line_id} is credited at an amount of its own: name it once.`,
        { line_id }
      )
    }
    quantities.set(line_id, (quantities.get(line_id) ?? 0) + quantity)
    if (amount !== undefined) {
      amounts.set(line_id, positiveAmount(amount, currencyCode))
    }
  }
  return lines.flatMap((line) => {
    const quantity = quantities.get(line.id)
    return quantity === undefined
      ? []
      : [creditOfQuantity(line, quantity, amounts.get(line.id), currencyCode)]
  })
}

/**
 * The shares of a credit note over an amount, tax included: spread over the lines by what is left of
 * each, and within a line by what is left of its net amount and tax.
 *
 * The caller has checked that the amount is not more than what is left of the invoice.
 */
export function creditAmount(
  lines: readonly CreditableLine[],
  amount: Amount,
  currencyCode: string
): CreditNoteLine[] {
  const left = lines.map((line) => remainingOf(line, currencyCode))
  const parts = allocate(
    amount,
    left.map(({ net, tax }) => MathBN.add(net, tax)),
    currencyCode
  )
  return lines.flatMap((line, index) => {
    const part = parts[index]
    if (MathBN.eq(part, 0)) {
      return []
    }
    const { net, tax } = left[index]
    const subtotal = roundAmount(
      MathBN.div(MathBN.mult(part, net), MathBN.add(net, tax)),
      currencyCode
    )
    return [noteLine(line, null, subtotal, subtractAmounts(part, subtotal, currencyCode))]
  })
}

/** The note's part of each tax of the invoice, in its order; taxes without a part are left out. */
export function creditNoteTaxSummary(
  lines: readonly CreditNoteLine[],
  invoiceSummary: readonly TaxSummaryRow[],
  currencyCode: string
): TaxSummaryRow[] {
  return invoiceSummary.flatMap((row) => {
    const members = lines.filter(
      (line) => line.tax_code === row.code && MathBN.eq(line.tax_rate, row.rate)
    )
    const { subtotal, charge_total, tax_total } = creditNoteTotals(members, currencyCode)
    const base = sumAmounts([subtotal, charge_total], currencyCode)
    return members.length ? [{ ...row, base, tax: tax_total }] : []
  })
}

export function creditNoteTotals(
  lines: readonly CreditNoteLine[],
  currencyCode: string
): { subtotal: Amount; charge_total: Amount; tax_total: Amount; total: Amount } {
  const netOf = (some: readonly CreditNoteLine[]) => sumAmounts(some.map((line) => line.subtotal), currencyCode)
  const subtotal = netOf(lines.filter(({ kind }) => !isCharge(kind)))
  const charge_total = netOf(lines.filter(({ kind }) => isCharge(kind)))
  const tax_total = sumAmounts(lines.map((line) => line.tax), currencyCode)
  return { subtotal, charge_total, tax_total, total: sumAmounts([subtotal, charge_total, tax_total], currencyCode) }
}

function creditOfQuantity(
  line: CreditableLine,
  quantity: number,
  amount: Amount | undefined,
  currencyCode: string
): CreditNoteLine {
  const remaining = line.quantity - line.credited_quantity
  if (quantity > remaining) {
    throw new WholesaleError(
      409,
      "credit_exceeds_line",
      `${quantity} of ${line.sku} cannot be credited: of ${line.quantity} invoiced, ` +
        `${line.credited_quantity} are credited already and ${remaining} are left.`,
      {
        line_id: line.id,
        sku: line.sku,
        quantity: line.quantity,
        credited_quantity: line.credited_quantity,
        remaining_quantity: remaining,
        asked: quantity,
        over_by: quantity - remaining,
      }
    )
  }
  const { net, tax } = remainingOf(line, currencyCode)
  const share = (left: Amount, part: BigNumberInput, whole: BigNumberInput) =>
    roundAmount(MathBN.div(MathBN.mult(left, part), whole), currencyCode)
  if (amount === undefined) {
    return noteLine(line, quantity, share(net, quantity, remaining), share(tax, quantity, remaining))
  }
  if (MathBN.gt(amount, net)) {
    throw new WholesaleError(
      409,
      "credit_exceeds_line",
      `${amount} for ${quantity} of ${line.sku} cannot be credited: ${net} are left of the line.`,
      { line_id: line.id, sku: line.sku, remaining_amount: net, asked_amount: amount }
    )
  }
  return noteLine(line, quantity, amount, share(tax, amount, net))
}

function remainingOf(line: CreditableLine, currencyCode: string): { net: Amount; tax: Amount } {
  return {
    net: subtractAmounts(line.subtotal, line.credited_amount, currencyCode),
    tax: subtractAmounts(line.tax_total, line.credited_tax, currencyCode),
  }
}

function noteLine(
  line: CreditableLine,
  quantity: number | null,
  subtotal: Amount,
  tax: Amount
): CreditNoteLine {
  const { id: line_id, kind, sku, title, tax_rate, tax_code } = line
  return { line_id, kind, sku, title, quantity, tax_rate, tax_code, subtotal, tax }
}
