import { chargesOf, type ChargeDraft } from "../order-charges"

const charge = (changes: Partial<ChargeDraft> = {}): ChargeDraft => ({
  key: 1,
  kind: "shipping",
  name: " Freight ",
  amount: " 12.50 ",
  ...changes,
})

describe("charges agreed by hand", () => {
  it("are sent as typed, without the room around", () => {
    expect(chargesOf([charge(), charge({ key: 2, kind: "handling", name: "Packing", amount: "3" })])).toEqual([
      { kind: "shipping", name: "Freight", amount: "12.50" },
      { kind: "handling", name: "Packing", amount: "3" },
    ])
  })

  it("may be none at all", () => {
    expect(chargesOf([])).toEqual([])
  })

  it("are not ready while a name or an amount is missing", () => {
    for (const unready of [{ name: " " }, { amount: "" }, { amount: "0" }, { amount: "-1" }, { amount: "x" }]) {
      expect(chargesOf([charge(), charge({ key: 2, ...unready })])).toBeUndefined()
    }
  })
})
