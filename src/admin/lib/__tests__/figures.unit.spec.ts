import { figuresOf } from "../figures"

describe("The figures of a refusal", () => {
  it("are its amounts, without the ids that mean nothing to people", () => {
    expect(
      figuresOf({ document: "Order", id: "whord_1", limit: "5000.00", exposure: "4800.00", over_by: "400.00" })
    ).toEqual([
      { name: "limit", value: "5000.00" },
      { name: "exposure", value: "4800.00" },
      { name: "over_by", value: "400.00" },
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
})
