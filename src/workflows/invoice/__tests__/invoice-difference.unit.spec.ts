import type { InvoicedOrder } from "../invoice-difference"
import { invoiceDifference, postedAndUninvoiced } from "../invoice-difference"

// Two ropes at 2.00 and 7.25 %: 4.29 together, 2.15 each by itself.
const order = (shipped: number, shipments = shipped): InvoicedOrder => ({
  total: "4.29",
  currency_code: "usd",
  lines: [{ quantity: 2, shipped_quantity: shipped }],
  shipments: Array<object>(shipments).fill({}),
})
const invoice = (part: number, total: string, status: "issued" | "credited" | "void" = "issued") => ({
  part,
  total,
  status,
})
const parts = [invoice(1, "2.15"), invoice(2, "2.15")]

describe("what an order's invoices differ by", () => {
  it("is nothing until the last parcel has gone and is invoiced", () => {
    expect(invoiceDifference(order(1), parts.slice(0, 1))).toBe("0.00")
    expect(invoiceDifference(order(2), parts.slice(0, 1))).toBe("0.00")
  })

  it("is what the parts round to beyond the order, void ones too", () => {
    expect(invoiceDifference(order(2), parts)).toBe("0.01")
    expect(invoiceDifference(order(2), [invoice(1, "2.15", "void"), parts[1]])).toBe("0.01")
  })

  it("is below zero where the parts round to less", () => {
    expect(invoiceDifference(order(2), [invoice(1, "2.14"), invoice(2, "2.14")])).toBe("-0.01")
  })

  it("is that of one invoice over all of it, whatever has gone", () => {
    expect(invoiceDifference(order(0), [invoice(0, "4.29")])).toBe("0.00")
  })
})

describe("what is posted and not invoiced", () => {
  it("is the order's total before the first invoice, and nothing once all parts stand", () => {
    expect(postedAndUninvoiced(order(0), [])).toBe("4.29")
    expect(postedAndUninvoiced(order(2), parts)).toBe("0.00")
    expect(postedAndUninvoiced(order(2), [invoice(1, "2.15", "credited"), parts[1]])).toBe("0.00")
  })

  it("holds the difference of invoices that were withdrawn", () => {
    // 4.29 + 0.01 − 2.15 = 2.15, and 4.30 with none left.
    expect(postedAndUninvoiced(order(2), [invoice(1, "2.15", "void"), parts[1]])).toBe("2.15")
    expect(postedAndUninvoiced(order(2), [invoice(1, "2.15", "void"), invoice(2, "2.15", "void")])).toBe("4.30")
  })

  it("is below zero where what went rounds to more than the order and something free has not gone", () => {
    const withFreeLine = { ...order(2), lines: [...order(2).lines, { quantity: 1, shipped_quantity: 0 }] }
    // 4.29 − 4.30
    expect(postedAndUninvoiced(withFreeLine, parts)).toBe("-0.01")
  })
})
