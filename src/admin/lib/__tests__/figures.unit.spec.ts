import { figuresOf, holdReasonsOf, quantityChangesOf } from "../figures"

describe("The figures of a refusal", () => {
  it("are its amounts as people read them, without the ids that mean nothing to them", () => {
    expect(
      figuresOf({
        over_by: "400.00",
        account_id: "whacc_1",
        currency_code: "eur",
        exposure: "4800.00",
        limit: "5000.00",
        order_amount: "600.00",
        document: "Order",
        id: "whord_1",
      })
    ).toEqual([
      { name: "limit", value: "5000.00 EUR" },
      { name: "exposure", value: "4800.00 EUR" },
      { name: "order_amount", value: "600.00 EUR" },
      { name: "over_by", value: "400.00 EUR" },
    ])
  })

  it("name every item that is short of stock", () => {
    expect(
      figuresOf({
        items: [
          { sku: "TEA-1", asked: 12, available: 5 },
          { sku: "TEA-2", asked: 6, available: 0 },
        ],
      })
    ).toEqual([
      { name: "", value: "sku TEA-1, asked 12, available 5" },
      { name: "", value: "sku TEA-2, asked 6, available 0" },
    ])
  })

  it("name every field that is not valid, by its path", () => {
    expect(figuresOf({ part: "body", issues: [{ path: "lines.0.quantity", message: "must be whole" }] })).toEqual([
      { name: "", value: "lines.0.quantity: must be whole" },
    ])
  })

  it("leave out what is empty", () => {
    expect(figuresOf({ allowed_events: [], status: "cancelled" })).toEqual([
      { name: "status", value: "cancelled" },
    ])
  })

  it("tell which quantities an edit changed", () => {
    const change = { sku: "TEA-1", before: 10, after: 0 }
    expect(quantityChangesOf({ total: { before: "10.00", after: "0.00" }, lines: [change, { sku: "TEA-2" }] })).toEqual([change])
    expect(quantityChangesOf({})).toEqual([])
  })

  it("tell the rules that hold an order apart from what else they say", () => {
    const reason = { kind: "manual", basis: "order", figures: { hold_id: "whcredhold_1", reason: "Checked" } }
    const details = { order_id: "whord_1", amount: "29750.00", currency_code: "eur", reasons: [reason, "unknown"] }
    expect(holdReasonsOf(details)).toEqual([reason])
    expect(holdReasonsOf({ holds: [reason] })).toEqual([reason])
    expect(holdReasonsOf({ items: [{ sku: "TEA-1" }] })).toEqual([])
    expect(figuresOf(details)).toEqual([{ name: "amount", value: "29750.00 EUR" }])
  })
})
