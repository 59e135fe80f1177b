import { MathBN } from "@medusajs/framework/utils"
import fc from "fast-check"

import { roundAmount } from "../../../lib/money/amount"
import { calculateOrderTotals, type LineToTotal, type TaxedCharge } from "../domain/order-totals"
import { splitOrderLines, unitsThatFit, type OrderPart, type SplittableOrder } from "../domain/split-lines"

const orderOf = (
  lines: readonly LineToTotal[],
  currency_code = "usd",
  charges: readonly TaxedCharge[] = []
): SplittableOrder => {
  const { line_subtotals, ...totals } = calculateOrderTotals(lines, currency_code, charges)
  return {
    charges,
    id: "whord_1",
    number: "B2B-1",
    currency_code,
    ...totals,
    lines: lines.map((line, index) => ({
      ...line,
      id: `line_${index + 1}`,
      sku: `SKU-${index + 1}`,
      subtotal: line_subtotals[index],
    })),
  }
}

const line = (quantity: number, unit_price: string, tax_rate = "0", tax_code: string | null = null): LineToTotal => ({
  quantity,
  unit_price,
  tax_rate,
  tax_code,
  tax_name: tax_code,
})

/** The order that a part of another one makes. */
const partAsOrder = (
  order: SplittableOrder,
  part: OrderPart,
  charges: readonly TaxedCharge[] = []
): SplittableOrder => ({
  ...order,
  ...part,
  charges,
  lines: part.lines.map(({ line_id, ...changed }) => ({
    ...order.lines.find(({ id }) => id === line_id)!,
    ...changed,
  })),
})

const kept = (...quantities: number[]) =>
  quantities.map((quantity, index) => ({ line_id: `line_${index + 1}`, quantity }))

describe("units that fit into an amount", () => {
  it("are 35 of 100 × 850 for 30,000", () => {
    // 30,000 / 850 = 35.29; 35 × 850 = 29,750; 65 × 850 = 55,250; together 85,000
    const order = orderOf([line(100, "850")])
    const fitting = unitsThatFit(order, "30000")
    expect(fitting).toEqual(kept(35))
    const { parent, child } = splitOrderLines(order, fitting)
    expect(parent).toMatchObject({ total: "29750.00", lines: [{ quantity: 35, subtotal: "29750.00" }] })
    expect(child).toMatchObject({ total: "55250.00", lines: [{ quantity: 65, subtotal: "55250.00" }] })
  })

  it("are counted with their tax, to the cent", () => {
    // 10 × 9.99 at 7.25 %; 3: 29.97 + 2.17 (2.172825) = 32.14, 4: 39.96 + 2.90 = 42.86
    const order = orderOf([line(10, "9.99", "7.25", "CA")])
    expect(unitsThatFit(order, "32.14")).toEqual(kept(3))
    expect(unitsThatFit(order, "32.13")).toEqual(kept(2))
    expect(unitsThatFit(order, "42.85")).toEqual(kept(3))
    expect(unitsThatFit(order, "42.86")).toEqual(kept(4))
  })

  it("are taken line by line, and what one leaves over goes to a cheaper one after it", () => {
    // 2 × 100 = 200; of 300 one fits into the 350 left (50 over); 60 does not fit; 2 × 20 = 40 do
    const order = orderOf([line(2, "100"), line(5, "300"), line(1, "60"), line(9, "20")])
    expect(unitsThatFit(order, "550")).toEqual(kept(2, 1, 0, 2))
  })

  it("are those that fit beside the charges and their tax", () => {
    // Shipping 20.00 at 10 % = 22.00 first. 10 × 30.00 at 10 %: two and shipping 80.00 + 8.00 = 88.00.
    const shipping = [{ amount: "20.00", tax_rate: "10", tax_code: "A", tax_name: "A" }]
    const order = orderOf([line(10, "30", "10", "A")], "usd", shipping)
    expect(unitsThatFit(order, "88.00")).toEqual(kept(2))
    expect(unitsThatFit(order, "87.99")).toEqual(kept(1))
    // One unit and shipping: 50.00 + 5.00 = 55.00.
    expect(() => unitsThatFit(order, "54.99")).toThrow(
      expect.objectContaining({ code: "nothing_fits", details: expect.objectContaining({ cheapest_unit: "55.00" }) })
    )
  })

  it("include what costs nothing", () => {
    expect(unitsThatFit(orderOf([line(1, "5"), line(3, "0")]), "4.99")).toEqual(kept(0, 3))
  })

  it("are none: refused with the price of the cheapest one", () => {
    // 20 + 10 % = 22.00
    const order = orderOf([line(1, "100"), line(3, "20", "10", "A")])
    expect(() => unitsThatFit(order, "21.99")).toThrow(
      expect.objectContaining({
        status: 409,
        code: "nothing_fits",
        details: expect.objectContaining({ amount: "21.99", total: "166.00", cheapest_unit: "22.00" }),
      })
    )
  })

  it.each(["850", "851"])("are all of it for %s: nothing is split", (amount) => {
    expect(() => unitsThatFit(orderOf([line(1, "850")]), amount)).toThrow(
      expect.objectContaining({ status: 409, code: "nothing_to_split" })
    )
  })
})

describe("a split", () => {
  it("keeps the charges in the parent, whatever of the goods waits", () => {
    // 3 × 9.99 = 29.97 and shipping 12.49 at 7.25 %: 42.46, tax 3.08 (3.07835), total 45.54.
    // The parent: 9.99 + 12.49 = 22.48, tax 1.63 (1.6298), total 24.11; the child 19.98 + 1.45 = 21.43.
    const shipping = [{ amount: "12.49", tax_rate: "7.25", tax_code: "CA", tax_name: "CA" }]
    const order = orderOf([line(3, "9.99", "7.25", "CA")], "usd", shipping)
    expect(order.total).toBe("45.54")
    const { parent, child } = splitOrderLines(order, kept(1))
    expect(parent).toMatchObject({ subtotal: "9.99", charge_total: "12.49", tax_total: "1.63", total: "24.11" })
    expect(child).toMatchObject({ subtotal: "19.98", charge_total: "0.00", tax_total: "1.45", total: "21.43" })
  })

  it("leaves the child what the parent does not take, to the cent and the rate", () => {
    // 5 × 0.335 = 1.675 → 1.68, 20 % → 0.34; 2 × 3.33 = 6.66, 5 % → 0.33; untaxed 4; total 13.01
    const order = orderOf([line(5, "0.335", "20", "STD"), line(2, "3.33", "5", "RED"), line(1, "4")])
    const { parent, child } = splitOrderLines(order, kept(2, 2))
    // 2 × 0.335 = 0.67, 20 % = 0.134 → 0.13; the child: 1.68 − 0.67 = 1.01, 0.34 − 0.13 = 0.21
    expect(parent).toEqual({
      lines: [
        { line_id: "line_1", quantity: 2, subtotal: "0.67" },
        { line_id: "line_2", quantity: 2, subtotal: "6.66" },
      ],
      subtotal: "7.33",
      charge_total: "0.00",
      tax_total: "0.46",
      total: "7.79",
      tax_summary: [
        { code: "STD", name: "STD", rate: "20", base: "0.67", tax: "0.13" },
        { code: "RED", name: "RED", rate: "5", base: "6.66", tax: "0.33" },
      ],
    })
    expect(child).toEqual({
      lines: [
        { line_id: "line_1", quantity: 3, subtotal: "1.01" },
        { line_id: "line_3", quantity: 1, subtotal: "4.00" },
      ],
      subtotal: "5.01",
      charge_total: "0.00",
      tax_total: "0.21",
      total: "5.22",
      tax_summary: [
        { code: "STD", name: "STD", rate: "20", base: "1.01", tax: "0.21" },
        { code: null, name: null, rate: "0", base: "4.00", tax: "0.00" },
      ],
    })
  })

  it.each([
    ["of another order's line", [{ line_id: "line_9", quantity: 1 }], "invalid_split_line"],
    ["of a line named twice", [...kept(1), ...kept(1)], "invalid_split_line"],
    ["of a broken unit", kept(0.5), "invalid_split_line"],
    ["of less than nothing", kept(-1), "invalid_split_line"],
    ["of more than was ordered", kept(3), "invalid_split_line"],
    ["that keeps nothing", kept(0), "nothing_kept"],
    ["that names nothing", [], "nothing_kept"],
    ["that keeps everything", kept(2, 1), "nothing_to_split"],
  ])("%s is refused", (_, lines, code) => {
    expect(() => splitOrderLines(orderOf([line(2, "1"), line(1, "1")]), lines)).toThrow(
      expect.objectContaining({ code })
    )
  })
})

const RATES: { rate: string; code: string | null }[] = [
  { rate: "0", code: null },
  { rate: "7.25", code: "CA" },
  { rate: "20", code: "STD" },
  { rate: "20", code: "ALT" },
  { rate: "0.125", code: "X" },
]

const randomOrder = fc
  .record({
    currency: fc.constantFrom("usd", "jpy", "kwd"),
    lines: fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 1_000 }),
        price: fc.integer({ min: 0, max: 10_000_000 }),
        decimals: fc.integer({ min: 0, max: 5 }),
        tax: fc.constantFrom(...RATES),
      }),
      { minLength: 1, maxLength: 8 }
    ),
    charges: fc.array(fc.record({ amount: fc.integer({ min: 0, max: 50_000 }), tax: fc.constantFrom(...RATES) }), {
      maxLength: 3,
    }),
  })
  .map(({ currency, lines, charges }) =>
    orderOf(
      lines.map(({ quantity, price, decimals, tax }) =>
        line(quantity, MathBN.convert(price).shiftedBy(-decimals).toFixed(), tax.rate, tax.code)
      ),
      currency,
      charges.map(({ amount, tax }) => ({
        amount: roundAmount(amount, currency),
        tax_rate: tax.rate,
        tax_code: tax.code,
        tax_name: tax.code,
      }))
    )
  )

/** An order with shares (0 to 1) of its lines that are kept. */
const randomSplit = fc
  .tuple(randomOrder, fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 8, maxLength: 8 }))
  .map(([order, shares]) => ({
    order,
    kept: order.lines.map(({ id, quantity }, index) => ({
      line_id: id,
      quantity: Math.floor((quantity * shares[index]) / 1_000),
    })),
  }))
  .filter(
    ({ order, kept: lines }) =>
      lines.some(({ quantity }) => quantity > 0) &&
      lines.some(({ quantity }, index) => quantity < order.lines[index].quantity)
  )

const sum = (...values: (string | undefined)[]) =>
  MathBN.sum(0, ...values.map((value) => value ?? "0")).toFixed()
const plain = (value: string) => MathBN.convert(value).toFixed()

/** The parts sum to the order in every figure, nothing is below zero, and each part adds up in itself. */
function expectToBeParts(order: SplittableOrder, parts: readonly OrderPart[]): void {
  for (const figure of ["subtotal", "charge_total", "tax_total", "total"] as const) {
    expect(sum(...parts.map((part) => part[figure]))).toBe(plain(order[figure]))
  }
  for (const whole of order.lines) {
    const shares = parts.flatMap((part) => part.lines.filter(({ line_id }) => line_id === whole.id))
    expect(shares.reduce((units, { quantity }) => units + quantity, 0)).toBe(whole.quantity)
    expect(sum(...shares.map(({ subtotal }) => subtotal))).toBe(plain(whole.subtotal))
  }
  for (const whole of order.tax_summary) {
    const shares = parts.flatMap((part) =>
      part.tax_summary.filter(({ code, rate }) => code === whole.code && rate === whole.rate)
    )
    expect(sum(...shares.map(({ base }) => base))).toBe(plain(whole.base))
    expect(sum(...shares.map(({ tax }) => tax))).toBe(plain(whole.tax))
  }
  for (const part of parts) {
    expect(sum(...part.lines.map(({ subtotal }) => subtotal))).toBe(plain(part.subtotal))
    expect(sum(...part.tax_summary.map(({ base }) => base))).toBe(sum(part.subtotal, part.charge_total))
    expect(sum(...part.tax_summary.map(({ tax }) => tax))).toBe(plain(part.tax_total))
    expect(sum(part.subtotal, part.charge_total, part.tax_total)).toBe(plain(part.total))
    const figures = [...part.lines.map(({ subtotal }) => subtotal), ...part.tax_summary.map(({ tax }) => tax)]
    expect(figures.filter((figure) => MathBN.lt(figure, 0))).toEqual([])
  }
}

/** The answer, or undefined where all of the order is kept or nothing of it fits. */
function outcome<Answer>(attempt: () => Answer): Answer | undefined {
  try {
    return attempt()
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^nothing_(to_split|fits)$/) })
    return undefined
  }
}

describe("any split of any order", () => {
  it("changes no sum, and totals the parent as any order of its lines", () => {
    fc.assert(
      fc.property(randomSplit, ({ order, kept: lines }) => {
        const { parent, child } = splitOrderLines(order, lines)
        expectToBeParts(order, [parent, child])
        const { line_subtotals, ...ordinary } = calculateOrderTotals(
          partAsOrder(order, parent, order.charges).lines,
          order.currency_code,
          order.charges
        )
        expect(parent).toMatchObject(ordinary)
        expect(parent.lines.map(({ subtotal }) => subtotal)).toEqual(line_subtotals)
      }),
      { numRuns: 500 }
    )
  })

  it("can be split again and again, and still changes no sum", () => {
    fc.assert(
      fc.property(randomSplit, fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 4 }), (split, shares) => {
        const first = splitOrderLines(split.order, split.kept)
        const parts = [first.parent]
        let last = first.child
        for (const share of shares) {
          const order = partAsOrder(split.order, last)
          const again = order.lines.map(({ id, quantity }) => ({
            line_id: id,
            quantity: Math.ceil((quantity * share) / 1_000),
          }))
          const units = again.reduce((all, { quantity }) => all + quantity, 0)
          if (units > 0 && units < order.lines.reduce((all, { quantity }) => all + quantity, 0)) {
            const { parent, child } = splitOrderLines(order, again)
            parts.push(parent)
            last = child
          }
        }
        expectToBeParts(split.order, [...parts, last])
      }),
      { numRuns: 300 }
    )
  })

  it("by an amount stays within it, and one more unit of any line would not", () => {
    fc.assert(
      fc.property(randomOrder, fc.integer({ min: 1, max: 999 }), (order, share) => {
        const amount = MathBN.div(MathBN.mult(order.total, share), 1_000).toFixed()
        const fitting = outcome(() => unitsThatFit(order, amount))
        if (!fitting) {
          return
        }
        const { parent } = splitOrderLines(order, fitting)
        expect(MathBN.lte(parent.total, amount)).toBe(true)
        for (const [index, { quantity }] of order.lines.entries()) {
          const more = fitting.map((one, at) =>
            at < index ? one : at > index ? { ...one, quantity: 0 } : { ...one, quantity: one.quantity + 1 }
          )
          if (fitting[index].quantity < quantity) {
            const total = outcome(() => splitOrderLines(order, more).parent.total) ?? order.total
            expect(MathBN.gt(total, amount)).toBe(true)
          }
        }
      }),
      { numRuns: 300 }
    )
  })
})
