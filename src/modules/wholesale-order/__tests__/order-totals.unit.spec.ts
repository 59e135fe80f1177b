import { MathBN } from "@medusajs/framework/utils"
import fc from "fast-check"

import { calculateOrderTotals, type LineToTotal } from "../domain/order-totals"

const line = (quantity: number, unit_price: string, tax_rate = "0", tax_code: string | null = null): LineToTotal => ({
  quantity,
  unit_price,
  tax_rate,
  tax_code,
  tax_name: tax_code && `Tax ${tax_code}`,
})

describe("totals of an order", () => {
  it("rounds the tax once, on the sum of what a rate applies to", () => {
    // 3 × 9.99 = 29.97; 7.25 % of it = 2.172825, so 2.17; together 32.14
    expect(calculateOrderTotals([line(3, "9.99", "7.25", "CA")], "usd")).toEqual({
      line_subtotals: ["29.97"],
      subtotal: "29.97",
      charge_total: "0.00",
      tax_total: "2.17",
      total: "32.14",
      tax_summary: [{ code: "CA", name: "Tax CA", rate: "7.25", base: "29.97", tax: "2.17" }],
    })
  })

  it("taxes charges with the lines of their rate, and keeps them out of the subtotal", () => {
    // 29.97 + 12.49 = 42.46; 7.25 % = 3.07835 → 3.08 (2.17 + 0.91 apart); handling 5.00 untaxed; together 50.54
    const charge = (amount: string, tax_rate: string, tax_code: string | null) => ({ amount, tax_rate, tax_code, tax_name: tax_code })
    const charges = [charge("12.49", "7.25", "CA"), charge("5.00", "0", null)]
    expect(calculateOrderTotals([line(3, "9.99", "7.25", "CA")], "usd", charges)).toMatchObject({
      subtotal: "29.97",
      charge_total: "17.49",
      tax_total: "3.08",
      total: "50.54",
      tax_summary: [
        { code: "CA", base: "42.46", tax: "3.08" },
        { code: null, base: "5.00", tax: "0.00" },
      ],
    })
  })

  it("makes no rate of a charge that is free", () => {
    const free = { amount: "0.00", tax_rate: "20", tax_code: "STD", tax_name: "Tax STD" }
    expect(calculateOrderTotals([line(1, "10")], "usd", [free])).toMatchObject({
      charge_total: "0.00",
      total: "10.00",
      tax_summary: [{ code: null, rate: "0", base: "10.00", tax: "0.00" }],
    })
  })

  it("taxes the lines of one rate together and keeps rates apart", () => {
    // 20 %: 0.33 + 0.33 + 0.33 = 0.99, tax 0.198 → 0.20 (0.07 a line would make 0.21)
    // 5 %: 10.00, tax 0.50; untaxed: 4.00
    const totals = calculateOrderTotals(
      [
        line(1, "0.33", "20", "STD"),
        line(1, "10", "5", "RED"),
        line(1, "0.33", "20.0", "STD"),
        line(2, "2"),
        line(1, "0.33", "20", "STD"),
      ],
      "gbp"
    )
    expect(totals.tax_summary).toEqual([
      { code: "STD", name: "Tax STD", rate: "20", base: "0.99", tax: "0.20" },
      { code: "RED", name: "Tax RED", rate: "5", base: "10.00", tax: "0.50" },
      { code: null, name: null, rate: "0", base: "4.00", tax: "0.00" },
    ])
    // 0.99 + 10 + 4 = 14.99; tax 0.70
    expect(totals).toMatchObject({ subtotal: "14.99", tax_total: "0.70", total: "15.69" })
  })

  it("keeps two codes of the same rate apart", () => {
    const totals = calculateOrderTotals([line(1, "1", "20", "A"), line(1, "1", "20", "B")], "gbp")
    expect(totals.tax_summary.map(({ code, tax }) => [code, tax])).toEqual([["A", "0.20"], ["B", "0.20"]])
  })

  it.each([
    // 3 × 333 = 999; 10 % = 99.9 → 100
    ["jpy", "333", ["999"], "100", "1099"],
    // 3 × 0.3335 = 1.0005 → 1.001; 10 % = 0.1001 → 0.100
    ["kwd", "0.3335", ["1.001"], "0.100", "1.101"],
    // 3 × 0.335 = 1.005 → 1.01 (half up); 10 % = 0.101 → 0.10
    ["eur", "0.335", ["1.01"], "0.10", "1.11"],
  ])("rounds to the digits of %s", (currency, price, subtotals, tax, total) => {
    expect(calculateOrderTotals([line(3, price, "10", "T")], currency)).toMatchObject({
      line_subtotals: subtotals,
      tax_total: tax,
      total,
    })
  })

  it("never shows what floats would: 0.1 + 0.2", () => {
    expect(calculateOrderTotals([line(1, "0.1"), line(1, "0.2")], "eur").total).toBe("0.30")
  })

  const lines = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 100_000 }),
      unit_price: fc.integer({ min: 0, max: 9_999_999 }).map((price) => MathBN.div(price, 1000).toFixed()),
      tax_rate: fc.constantFrom("0", "5", "7.25", "19", "20"),
      tax_code: fc.constantFrom(null, "A", "B"),
      tax_name: fc.constant(null),
    }),
    { minLength: 1, maxLength: 40 }
  )
  it.each(["jpy", "eur", "kwd"])("always adds up in %s", (currency) => {
    fc.assert(
      fc.property(lines, (some) => {
        const totals = calculateOrderTotals(some, currency)
        const sum = (amounts: readonly string[]) => MathBN.sum(0, ...amounts)
        expect(MathBN.eq(sum(totals.line_subtotals), totals.subtotal)).toBe(true)
        expect(MathBN.eq(sum(totals.tax_summary.map(({ base }) => base)), totals.subtotal)).toBe(true)
        expect(MathBN.eq(sum(totals.tax_summary.map(({ tax }) => tax)), totals.tax_total)).toBe(true)
        expect(MathBN.eq(sum([totals.subtotal, totals.tax_total]), totals.total)).toBe(true)
      })
    )
  })
})
