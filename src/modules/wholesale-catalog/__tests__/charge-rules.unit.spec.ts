import { FULFILMENT_METHODS } from "../../../lib/fulfilment/methods"
import { chargesOf, type ChargedOrder, type ChargeRule } from "../domain/charge-rules"

const rule = (changes: Partial<ChargeRule> = {}): ChargeRule => ({
  kind: "shipping",
  name: "Freight",
  amount: "15.00",
  currency_code: "usd",
  fulfilment_method: null,
  active: true,
  ...changes,
})
const order = (changes: Partial<ChargedOrder> = {}): ChargedOrder => ({
  fulfilment_method: "shipping",
  currency_code: "usd",
  subtotal: "300.00",
  ...changes,
})
const from = (amount: string, currency_code = "usd") => ({ from: amount, currency_code })

describe("what an order is charged", () => {
  it("is every active rule of its currency, in their order", () => {
    const rules = [
      rule(),
      rule({ kind: "handling", name: "Packing", amount: "2.50" }),
      rule({ name: "Old freight", active: false }),
      rule({ name: "Fracht", currency_code: "eur" }),
    ]
    expect(chargesOf(rules, order(), null)).toEqual([
      { kind: "shipping", name: "Freight", amount: "15.00", waived_amount: null },
      { kind: "handling", name: "Packing", amount: "2.50", waived_amount: null },
    ])
  })

  it("is shipping where goods are brought, handling by any method, and either by the one that it names", () => {
    const names = (fulfilment_method: (typeof FULFILMENT_METHODS)[number]) =>
      chargesOf(
        [
          rule(),
          rule({ kind: "handling", name: "Packing" }),
          rule({ name: "Porter", fulfilment_method: "in_store" }),
          rule({ kind: "handling", name: "Van", fulfilment_method: "local_delivery" }),
        ],
        order({ fulfilment_method }),
        null
      ).map(({ name }) => name)
    expect(Object.fromEntries(FULFILMENT_METHODS.map((method) => [method, names(method)]))).toEqual({
      shipping: ["Freight", "Packing"],
      local_delivery: ["Freight", "Packing", "Van"],
      pickup: ["Packing"],
      in_store: ["Packing", "Porter"],
    })
  })

  it.each([
    // The threshold is 300.00, as the goods.
    ["300.01", from("300"), "0.00", "15.00"],
    ["300.00", from("300"), "0.00", "15.00"],
    ["299.99", from("300"), "15.00", null],
    ["0.00", from("0"), "0.00", "15.00"],
    ["9999999.00", null, "15.00", null],
    ["300.00", from("1", "eur"), "15.00", null],
  ])("of shipping for goods of %s and %j is %s, %s waived", (subtotal, free, amount, waived_amount) => {
    expect(chargesOf([rule()], order({ subtotal }), free)).toEqual([
      { kind: "shipping", name: "Freight", amount, waived_amount },
    ])
  })

  it("is handling also where shipping is free", () => {
    expect(chargesOf([rule({ kind: "handling" })], order(), from("0"))).toMatchObject([{ amount: "15.00" }])
  })

  it.each([
    ["jpy", "500", "500"],
    ["kwd", "1.125", "1.125"],
  ])("has the digits of %s", (currency_code, amount, written) => {
    expect(chargesOf([rule({ currency_code, amount })], order({ currency_code }), null)).toMatchObject([
      { amount: written },
    ])
  })
})
