import type { InvoicedOrder } from "../invoice-difference"
import { invoiceDifference, postedAndUninvoiced } from "../invoice-difference"

// Two ropes at 2.00 and 7.25 %: 4.29 together, 2.15 each by itself.
const order = (shipped: number, shipments = shipped): InvoicedOrder => ({
  total: "4.29",
  currency_code: "usd",
  lines: [{ quantity: 2, shipped_quantity: shipped }],
  shipments: Array<object>(shipments).fill({}),
})
const share = (total: string, ...parts: number[]) => ({ parts, total })
const shares = [share("2.15", 1), share("2.15", 2)]

describe("what an order's invoices differ by", () => {
  it("is not said until the last parcel has gone and is invoiced", () => {
    expect(invoiceDifference(order(1), shares.slice(0, 1))).toBeUndefined()
    expect(invoiceDifference(order(2), shares.slice(0, 1))).toBeUndefined()
  })

  it("is what the parts round to beyond the order, wherever they stand", () => {
    expect(invoiceDifference(order(2), shares)).toBe("0.01")
    expect(invoiceDifference(order(2), [share("4.29", 1, 2)])).toBe("0.00")
  })

  it("is below zero where the parts round to less", () => {
    expect(invoiceDifference(order(2), [share("2.14", 1), share("2.14", 2)])).toBe("-0.01")
  })

  it("is that of one invoice over all of it, whatever has gone", () => {
    expect(invoiceDifference(order(0), [share("4.29", 0)])).toBe("0.00")
  })
})

describe("what is posted and not invoiced", () => {
  it("is the order's total before the first invoice, and nothing once all parts stand", () => {
    expect(postedAndUninvoiced(order(0), "0.00", [])).toBe("4.29")
    expect(postedAndUninvoiced(order(2), "0.01", shares)).toBe("0.00")
  })

  it("holds the difference of invoices that were withdrawn", () => {
    // 4.29 + 0.01 − 2.15 = 2.15, and 4.30 with none left.
    expect(postedAndUninvoiced(order(2), "0.01", shares.slice(1))).toBe("2.15")
    expect(postedAndUninvoiced(order(2), "0.01", [])).toBe("4.30")
  })

  it("is below zero where what went rounds to more than the order and something free has not gone", () => {
    // 4.29 − 4.30
    expect(postedAndUninvoiced(order(2), "0.00", shares)).toBe("-0.01")
  })
})
