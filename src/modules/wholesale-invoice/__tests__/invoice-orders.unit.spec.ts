import fc from "fast-check"

import { sumAmounts } from "../../../lib/money/amount"
import { noteShares, ordersOf, orderShares } from "../domain/invoice-orders"
import { calculateInvoiceTotals } from "../domain/invoice-totals"

const part = (order_id: string, of: number) => ({
  order_id,
  part: of,
  order_number: `B2B-${order_id}`,
  purchase_order_id: null,
  purchase_order_number: null,
})

describe("the orders of an invoice", () => {
  it("stand in the order of their first parts, with all of them", () => {
    expect(ordersOf([part("2", 1), part("2", 3), part("1", 0)]).map(({ order_id, parts }) => [order_id, parts])).toEqual([
      ["2", [1, 3]],
      ["1", [0]],
    ])
  })
})

describe("the parts that orders have of an invoice", () => {
  it("are Σ of their lines with their shares of the taxes, and of what was credited", () => {
    const line = (order_id: string, subtotal: string, tax_total: string, credited_amount = "0", credited_tax = "0") => ({
      order_id,
      subtotal,
      tax_total,
      credited_amount,
      credited_tax,
    })
    const lines = [line("1", "6.00", "0.44"), line("2", "6.00", "0.43", "2.00", "0.14"), line("1", "1.00", "0.07")]
    expect([...orderShares(lines, "usd")]).toEqual([
      ["1", { total: "7.51", credited: "0.00" }],
      ["2", { total: "6.43", credited: "2.14" }],
    ])
  })

  it("sum to the invoice to the cent, whatever the orders, rates and currency", () => {
    const sold = fc.record({
      order: fc.integer({ min: 1, max: 5 }),
      quantity: fc.integer({ min: 1, max: 20 }),
      cents: fc.integer({ min: 0, max: 9_999 }),
      tax_rate: fc.constantFrom("0", "7.25", "19", "2.5"),
    })
    fc.assert(
      fc.property(fc.array(sold, { minLength: 1, maxLength: 25 }), fc.constantFrom("usd", "jpy", "kwd"), (lines, currency) => {
        const totals = calculateInvoiceTotals(
          lines.map(({ quantity, cents, tax_rate }) => ({
            order_line_id: "line",
            sku: "SKU",
            title: "Goods",
            quantity,
            unit_price: (cents / 100).toFixed(2),
            tax_rate,
          })),
          currency
        )
        const shares = orderShares(
          totals.lines.map((line, index) => ({
            ...line,
            order_id: String(lines[index].order),
            credited_amount: "0",
            credited_tax: "0",
          })),
          currency
        )
        expect(sumAmounts([...shares.values()].map(({ total }) => total), currency)).toBe(totals.total)
      })
    )
  })

  it("of a credit note go where its lines are", () => {
    const lines = [
      { id: "a", order_id: "1" },
      { id: "b", order_id: "2" },
      { id: "c", order_id: "1" },
    ]
    const note = [
      { line_id: "a", subtotal: "1.00", tax: "0.07" },
      { line_id: "b", subtotal: "2.00", tax: "0.15" },
      { line_id: "c", subtotal: "0.50", tax: "0.04" },
    ]
    expect([...noteShares(note, lines, "usd")]).toEqual([
      ["1", "1.61"],
      ["2", "2.15"],
    ])
  })
})
