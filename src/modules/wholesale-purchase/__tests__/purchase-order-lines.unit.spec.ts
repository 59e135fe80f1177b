import { MathBN } from "@medusajs/framework/utils"
import fc from "fast-check"

import { LineInput, priceLines } from "../domain/purchase-order-lines"

const line = (quantity: number, unit_price: string): LineInput => ({
  supplier_sku: "CUP-1",
  title: "Cup",
  quantity,
  unit_price,
})

describe("priceLines", () => {
  it.each([
    // 12 × 100.00 = 1,200.00
    ["eur", [line(12, "100.00")], ["1200.00"], "1200.00"],
    // 3 × 9.99 = 29.97
    ["usd", [line(3, "9.99")], ["29.97"], "29.97"],
    // 3 × 0.335 = 1.005 → 1.01 each; the sum is of rounded lines: 2.02, not 2.01
    ["gbp", [line(3, "0.335"), line(3, "0.335")], ["1.01", "1.01"], "2.02"],
    // Yen have no digits: 3 × 10.5 = 31.5 → 32
    ["jpy", [line(3, "10.5")], ["32"], "32"],
    // Dinars have three: 7 × 1.2345 = 8.6415 → 8.642
    ["kwd", [line(7, "1.2345")], ["8.642"], "8.642"],
    ["eur", [line(1, "0")], ["0.00"], "0.00"],
  ])("in %s rounds each line once and sums the rounded ones", (currency, input, subtotals, subtotal) => {
    const priced = priceLines(input, currency)
    expect(priced.lines.map((priceOf) => priceOf.subtotal)).toEqual(subtotals)
    expect(priced.subtotal).toBe(subtotal)
    expect(priced.lines.map((priceOf) => priceOf.line_number)).toEqual(input.map((_, index) => index + 1))
  })

  it("keeps the lines' sum equal to the subtotal, whatever quantities and prices", () => {
    const anyLine = fc
      .tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 4 }))
      .map(([quantity, digits, scale]) => line(quantity, MathBN.div(digits, 10 ** scale).toFixed()))
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 20 }),
        fc.constantFrom("eur", "jpy", "kwd"),
        (input, currency) => {
          const { lines, subtotal } = priceLines(input, currency)
          expect(MathBN.eq(MathBN.sum(0, ...lines.map((priced) => priced.subtotal)), subtotal)).toBe(true)
        }
      )
    )
  })

  it.each([
    ["no SKU", { ...line(1, "1"), supplier_sku: "" }],
    ["quantity zero", line(0, "1")],
    ["a broken quantity", line(1.5, "1")],
    ["a negative price", line(1, "-1")],
    ["a price that is no number", line(1, "free")],
  ])("refuses a line with %s and says which", (_, wrong) => {
    expect(() => priceLines([line(1, "1"), wrong], "eur")).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_purchase_order_line", details: { line_numbers: [2] } })
    )
  })
})
