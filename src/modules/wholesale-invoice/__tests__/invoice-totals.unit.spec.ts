import fc from "fast-check"

import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { sumAmounts } from "../../../lib/money/amount"
import { currencyDigits } from "../../../lib/money/currency-digits"
import type { InvoiceLineInput } from "../domain/invoice-totals"
import { calculateInvoiceTotals } from "../domain/invoice-totals"

function line(quantity: number, unit_price: string, tax_rate = "0"): InvoiceLineInput {
  return { order_line_id: "whordl_1", sku: "CUP", title: "Cup", quantity, unit_price, tax_rate }
}

describe("invoice totals", () => {
  it("rounds a line once and its tax once: 3 × 9.99 at 7.25 % is 32.14", () => {
    // 3 × 9.99 = 29.97; 29.97 × 0.0725 = 2.172825 → 2.17; 29.97 + 2.17 = 32.14
    expect(calculateInvoiceTotals([line(3, "9.99", "7.25")], "usd")).toEqual({
      lines: [{ subtotal: "29.97", tax_total: "2.17", tax_code: null }],
      subtotal: "29.97",
      charge_total: "0.00",
      tax_total: "2.17",
      total: "32.14",
      tax_summary: [{ code: null, name: null, rate: "7.25", base: "29.97", tax: "2.17" }],
    })
  })

  it("rounds the tax of a rate over all its lines, not line by line", () => {
    // Each 0.10 × 0.0725 = 0.00725 → 0.01, three of them 0.03; together 0.30 × 0.0725 = 0.02175 → 0.02.
    const { tax_total, lines } = calculateInvoiceTotals(
      [line(1, "0.10", "7.25"), line(1, "0.10", "7.250"), line(1, "0.10", "7.25")],
      "usd"
    )
    expect(tax_total).toBe("0.02")
    // Equal shares of 0.00666…: the cents go to the first two.
    expect(lines.map((share) => share.tax_total)).toEqual(["0.01", "0.01", "0.00"])
  })

  it("taxes each rate by itself and calls it by its label", () => {
    // 100 × 0.19 = 19; 50 × 0.07 = 3.5; 100 + 50 + 19 + 3.5 = 172.5
    const { tax_summary, total } = calculateInvoiceTotals(
      [line(1, "100", "19"), line(1, "50", "7"), line(2, "5", "0")],
      "eur",
      [
        { rate: "19.0", code: "DE-S", name: "Standard" },
        { rate: "7", code: "DE-R", name: "Reduced" },
      ]
    )
    expect(tax_summary).toEqual([
      { code: "DE-S", name: "Standard", rate: "19", base: "100.00", tax: "19.00" },
      { code: "DE-R", name: "Reduced", rate: "7", base: "50.00", tax: "3.50" },
      { code: null, name: null, rate: "0", base: "10.00", tax: "0.00" },
    ])
    expect(total).toBe("182.50")
  })

  it("taxes codes of one rate apart where lines name them", () => {
    // Two times 0.10 × 0.0725 = 0.00725 → 0.01
    const coded = (tax_code: string) => ({ ...line(1, "0.10", "7.25"), tax_code })
    const { tax_summary, lines } = calculateInvoiceTotals([coded("CITY"), coded("STATE")], "usd", [
      { rate: "7.25", code: "STATE", name: "State" },
    ])
    expect(tax_summary).toEqual([
      { code: "CITY", name: null, rate: "7.25", base: "0.10", tax: "0.01" },
      { code: "STATE", name: "State", rate: "7.25", base: "0.10", tax: "0.01" },
    ])
    expect(lines.map(({ tax_code }) => tax_code)).toEqual(["CITY", "STATE"])
  })

  it.each([
    // 3 × 333 = 999; 99.9 → 100
    ["jpy", "333", "999", "100", "1099"],
    // 3 × 3.335 = 10.005; 1.0005 → 1.001 (half up)
    ["kwd", "3.335", "10.005", "1.001", "11.006"],
    // 3 × 3.335 = 10.005 → 10.01; 1.001 → 1.00
    ["usd", "3.335", "10.01", "1.00", "11.01"],
  ])("keeps to the digits of %s", (currency, price, subtotal, tax_total, total) => {
    expect(calculateInvoiceTotals([line(3, price, "10")], currency)).toMatchObject({
      subtotal,
      tax_total,
      total,
    })
  })

  it("sums its lines to its total, whatever the lines", () => {
    const anyLine = fc
      .record({
        quantity: fc.integer({ min: 1, max: 5_000 }),
        price: fc.integer({ min: 0, max: 10_000_000 }),
        rate: fc.constantFrom("0", "5", "7.25", "19", "20.5"),
      })
      .map(({ quantity, price, rate }) => line(quantity, `${price / 1000}`, rate))
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 12 }),
        fc.constantFrom("jpy", "usd", "kwd"),
        (lines, currency) => {
          const totals = calculateInvoiceTotals(lines, currency)
          const parts = totals.lines.flatMap((share) => [share.subtotal, share.tax_total])
          expect(sumAmounts(parts, currency)).toBe(totals.total)
          expect(
            sumAmounts(totals.tax_summary.flatMap((row) => [row.base, row.tax]), currency)
          ).toBe(totals.total)
          const digits = currencyDigits(currency)
          for (const amount of [...parts, totals.subtotal, totals.tax_total, totals.total]) {
            expect(amount).toMatch(digits ? new RegExp(`^\\d+\\.\\d{${digits}}$`) : /^\d+$/)
          }
        }
      )
    )
  })

  it.each([
    ["no line", []],
    ["a quantity of zero", [line(0, "1")]],
    ["half a piece", [line(0.5, "1")]],
    ["a negative price", [line(1, "-1")]],
    ["a negative rate", [line(1, "1", "-1")]],
  ])("refuses %s", (_, lines) => {
    let refusal: unknown
    try {
      calculateInvoiceTotals(lines, "usd")
    } catch (error) {
      refusal = error
    }
    expect(asWholesaleError(refusal)).toMatchObject({ status: 400, code: "invalid_invoice_line" })
  })
})
