import { allocationsOf, choicesFit, closingAmount, fillOf, leftOf, type Choices } from "../choices"
import { decimalOf } from "../decimal"
import type { OpenItem } from "../types/receivables"

const item = (open: number, changes: Partial<OpenItem> = {}): OpenItem => ({
  invoice_id: "a",
  number: "INV-1",
  orders: [{ order_number: "B2B-1", purchase_order_number: null }],
  status: "issued",
  currency_code: "usd",
  issued_at: "2026-01-01T00:00:00.000Z",
  due_at: "2026-01-31T00:00:00.000Z",
  total: open,
  outstanding: open,
  late_charges: 0,
  open,
  early: null,
  ...changes,
})

describe("choosing what a payment goes to", () => {
  it("says exactly what is left while it is typed", () => {
    // 100.30 − 100.10 − 0.20; in floating point it would not be zero
    expect(decimalOf(leftOf("100.30", { a: "100.10", b: "0.2", c: "" }))).toBe("0")
    expect(decimalOf(leftOf("100", { a: "100.01" }))).toBe("-0.01")
  })

  it("is ready once something is given, all of it amounts, and no more than there is", () => {
    expect(choicesFit("100", { a: "60", b: "" })).toBe(true)
    const unready: Choices[] = [{}, { a: "" }, { a: "60", b: "x" }, { a: "60", b: "40.01" }, { a: "-1" }]
    for (const choices of unready) {
      expect(choicesFit("100", choices)).toBe(false)
    }
    expect(allocationsOf({ a: " 60 ", b: "", c: "0" })).toEqual([{ invoice_id: "a", amount: "60" }])
  })

  it("fills in what closes an invoice, as far as the money goes", () => {
    expect(fillOf(item(80), "100", { a: "5", b: "40" }, null)).toBe("60")
    expect(fillOf(item(80), "100", {}, null)).toBe("80")
    expect(fillOf(item(80), "100", { b: "100" }, null)).toBe("")
  })

  it("takes the early-payment discount off up to its last day", () => {
    // 2 % off 5,000, and a fee of 10 without
    const early = item(5_010, { late_charges: 10, early: { payable: 4_900, until: "2026-01-11T00:00:00.000Z" } })
    expect(closingAmount(early, new Date("2026-01-11T12:00:00.000Z"))).toBe("4910")
    expect(closingAmount(early, new Date("2026-01-12T12:00:00.000Z"))).toBe("5010")
    expect(closingAmount(early, null)).toBe("5010")
  })
})
