import { currencyDigits, overrideCurrencyDigits } from "../currency-digits"

describe("currencyDigits", () => {
  it.each([
    ["jpy", 0], ["krw", 0], ["clp", 0], ["vnd", 0], ["xof", 0],
    ["usd", 2], ["eur", 2], ["gbp", 2], ["huf", 2], ["afn", 2],
    ["kwd", 3], ["bhd", 3], ["tnd", 3],
    ["clf", 4],
  ])("knows that %s has %d", (code, digits) => {
    expect(currencyDigits(code)).toBe(digits)
    expect(currencyDigits(code.toUpperCase())).toBe(digits)
  })

  it("gives a code it does not know two", () => {
    expect(currencyDigits("xyz")).toBe(2)
  })
})

describe("overrideCurrencyDigits", () => {
  afterEach(() => overrideCurrencyDigits({ huf: 2 }))

  it("follows a host whose table differs, in any case", () => {
    overrideCurrencyDigits({ HUF: 0 })
    expect(currencyDigits("huf")).toBe(0)
    expect(currencyDigits("usd")).toBe(2)
  })

  it.each([-1, 1.5, 9, Number.NaN])("refuses %p digits and leaves the currency as it was", (digits) => {
    expect(() => overrideCurrencyDigits({ huf: digits })).toThrow(RangeError)
    expect(currencyDigits("huf")).toBe(2)
  })
})
