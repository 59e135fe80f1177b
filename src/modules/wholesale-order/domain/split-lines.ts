import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { lineAmount, roundAmount, subtractAmounts, sumAmounts, type Amount } from "../../../lib/money/amount"
import {
  sumTaxed,
  taxAmount,
  taxRateKey,
  type LineToTotal,
  type OrderTotals,
  type TaxedCharge,
  type TaxSummaryEntry,
} from "./order-totals"

/** Why a part of an order waits. */
export const SPLIT_REASONS = ["credit", "backorder"] as const
export type SplitReason = (typeof SPLIT_REASONS)[number]

export interface SplittableLine extends LineToTotal {
  readonly id: string
  readonly sku: string
  readonly subtotal: Amount
}

export interface SplittableOrder extends Omit<OrderTotals, "line_subtotals"> {
  readonly id: string
  readonly number: string | null
  readonly currency_code: string
  readonly lines: readonly SplittableLine[]
  readonly charges: readonly TaxedCharge[]
}

/** Units of a line that go on in the parent; a line that is not named waits whole. */
export interface KeptLine {
  readonly line_id: string
  /** Whole units, from 0. */
  readonly quantity: number
}

/** What a line has in one part of the order; a part has only lines with units. */
export interface PartLine extends KeptLine {
  readonly subtotal: Amount
}

export interface OrderPart extends Omit<OrderTotals, "line_subtotals"> {
  readonly lines: readonly PartLine[]
}

/**
 * Splits an order into what goes on and what waits. The parent keeps all charges and is totalled as any
 * order, and the child is what that leaves of the original: quantities, net amounts of lines, taxes of
 * rates and totals of the two always sum to the original's. What stays whole in the parent keeps what it had, and nothing
 * in it becomes more, so that an order which was split off itself can be split again.
 *
 * @throws WholesaleError 400 `invalid_split_line` with `line_id`, `quantity`; 400 `nothing_kept`;
 *   409 `nothing_to_split` where every unit is kept
 */
export function splitOrderLines(
  order: SplittableOrder,
  kept: readonly KeptLine[]
): { parent: OrderPart; child: OrderPart } {
  const quantities = keptQuantities(order, kept)
  const parent = parentPart(order, quantities)
  return { parent, child: whatIsLeft(order, parent) }
}

/**
 * As many units as an amount pays for with their tax, after the charges with theirs: whole units line by line in the order of the
 * lines; what one line leaves over may take units of a later, cheaper one.
 *
 * @param amount in major units of the order's currency, tax included
 * @throws WholesaleError 409 `nothing_to_split` where all of the order fits; 409 `nothing_fits` with
 *   `amount`, `total` and `cheapest_unit` (with charges and tax) where not one unit does
 */
export function unitsThatFit(order: SplittableOrder, amount: Amount): KeptLine[] {
  const { currency_code, lines } = order
  if (MathBN.lte(order.total, amount)) {
    throw nothingToSplit(order)
  }
  const rates = new Map(order.tax_summary.map((rate) => [taxRateKey(rate.code, rate.rate), rate]))
  const charged = sumTaxed({ lines: [], charges: order.charges }, currency_code, ({ code, rate, base }) =>
    keptTax(rates.get(taxRateKey(code, rate)), base, currency_code)
  )
  const bases = new Map(charged.tax_summary.map(({ code, rate, base }) => [taxRateKey(code, rate), base]))
  let total = charged.total
  const kept = lines.map((line) => {
    const key = taxRateKey(line.tax_code, line.tax_rate)
    const rate = rates.get(key)
    const base = bases.get(key) ?? roundAmount(0, currency_code)
    const withUnits = (quantity: number) => {
      const subtotal = keptSubtotal(line, quantity, currency_code)
      const grown = sumAmounts([base, subtotal], currency_code)
      const tax = subtractAmounts(
        keptTax(rate, grown, currency_code),
        keptTax(rate, base, currency_code),
        currency_code
      )
      return { base: grown, total: sumAmounts([total, subtotal, tax], currency_code) }
    }
    const quantity = mostUnits(line.quantity, (units) => MathBN.lte(withUnits(units).total, amount))
    const after = withUnits(quantity)
    bases.set(key, after.base)
    total = after.total
    return { line_id: line.id, quantity }
  })
  if (kept.every(({ quantity }) => quantity === 0)) {
    throw nothingFits(order, amount)
  }
  return kept
}

/** The largest number of units up to `most` that still fits, as more never fits better; 0 where none does. */
function mostUnits(most: number, fits: (units: number) => boolean): number {
  if (fits(most)) {
    return most
  }
  let fitting = 0
  let tooMany = most
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2)
    if (fits(middle)) {
      fitting = middle
    } else {
      tooMany = middle
    }
  }
  return fitting
}

function parentPart(order: SplittableOrder, quantities: ReadonlyMap<string, number>): OrderPart {
  const { currency_code } = order
  const lines = order.lines.flatMap((line) => {
    const quantity = quantities.get(line.id) ?? 0
    return quantity > 0 ? [{ ...line, quantity, subtotal: keptSubtotal(line, quantity, currency_code) }] : []
  })
  const rates = new Map(order.tax_summary.map((rate) => [taxRateKey(rate.code, rate.rate), rate]))
  return {
    lines: lines.map(({ id, quantity, subtotal }) => ({ line_id: id, quantity, subtotal })),
    ...sumTaxed({ lines, charges: order.charges }, currency_code, ({ code, rate, base }) =>
      keptTax(rates.get(taxRateKey(code, rate)), base, currency_code)
    ),
  }
}

function whatIsLeft(order: SplittableOrder, parent: OrderPart): OrderPart {
  const { currency_code } = order
  const minus = (whole: Amount, part: Amount = "0") => subtractAmounts(whole, part, currency_code)
  const inParent = new Map(parent.lines.map((line) => [line.line_id, line]))
  const lines = order.lines.flatMap((line) => {
    const kept = inParent.get(line.id)
    const quantity = line.quantity - (kept?.quantity ?? 0)
    return quantity > 0 ? [{ ...line, quantity, subtotal: minus(line.subtotal, kept?.subtotal) }] : []
  })
  const whole = new Map(order.tax_summary.map((rate) => [taxRateKey(rate.code, rate.rate), rate]))
  const kept = new Map(parent.tax_summary.map((rate) => [taxRateKey(rate.code, rate.rate), rate]))
  return {
    lines: lines.map(({ id, quantity, subtotal }) => ({ line_id: id, quantity, subtotal })),
    ...sumTaxed({ lines, charges: [] }, currency_code, ({ code, rate }) => {
      const key = taxRateKey(code, rate)
      return minus(whole.get(key)?.tax ?? "0", kept.get(key)?.tax)
    }),
  }
}

/** A line whose units all stay keeps its net amount, which in a part split off before may not be the ordinary one. */
function keptSubtotal(line: SplittableLine, quantity: number, currencyCode: string): Amount {
  return quantity === line.quantity
    ? line.subtotal
    : smaller(lineAmount(quantity, line.unit_price, currencyCode), line.subtotal)
}

/** A rate whose base all stays keeps its tax, for the same reason. */
function keptTax(rate: TaxSummaryEntry | undefined, base: Amount, currencyCode: string): Amount {
  if (rate === undefined) {
    return roundAmount(0, currencyCode)
  }
  return MathBN.eq(base, rate.base)
    ? rate.tax
    : smaller(taxAmount({ rate: rate.rate, base }, currencyCode), rate.tax)
}

const smaller = (left: Amount, right: Amount): Amount => (MathBN.lt(left, right) ? left : right)

function keptQuantities(order: SplittableOrder, kept: readonly KeptLine[]): ReadonlyMap<string, number> {
  const known = new Map(order.lines.map((line) => [line.id, line]))
  const quantities = new Map<string, number>()
  for (const { line_id, quantity } of kept) {
    const line = known.get(line_id)
    if (!line || quantities.has(line_id) || !Number.isInteger(quantity) || quantity < 0 || quantity > line.quantity) {
      throw new WholesaleError(
        400,
        "invalid_split_line",
        line
          ? `${quantity} of ${line.sku} cannot be kept: name the line once, with a whole number from 0 to ${line.quantity}.`
          : `Line ${line_id} does not belong to order ${order.number ?? order.id}.`,
        { document: "order", id: order.id, line_id, quantity }
      )
    }
    quantities.set(line_id, quantity)
  }
  if ([...quantities.values()].every((quantity) => quantity === 0)) {
    throw new WholesaleError(
      400,
      "nothing_kept",
      `Keep at least one unit of order ${order.number ?? order.id}, or leave it whole.`,
      { document: "order", id: order.id }
    )
  }
  if (order.lines.every(({ id, quantity }) => quantities.get(id) === quantity)) {
    throw nothingToSplit(order)
  }
  return quantities
}

function nothingToSplit({ id, number, total, currency_code }: SplittableOrder): WholesaleError {
  return new WholesaleError(
    409,
    "nothing_to_split",
    `All of order ${number ?? id} goes on: approve it as it is.`,
    { document: "order", id, total, currency_code }
  )
}

function nothingFits(order: SplittableOrder, amount: Amount): WholesaleError {
  const { id, number, total, currency_code } = order
  const [first, ...others] = order.lines.map(
    (line) => parentPart(order, new Map([[line.id, 1]])).total
  )
  const cheapest = others.reduce(smaller, first)
  return new WholesaleError(
    409,
    "nothing_fits",
    `Not one unit of order ${number ?? id} fits into ${amount}: the cheapest is ${cheapest} with its tax${order.charges.length > 0 ? " and the order's charges" : ""}.`,
    { document: "order", id, amount, total, cheapest_unit: cheapest, currency_code }
  )
}
