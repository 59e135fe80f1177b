import { defaultCurrencies } from "@medusajs/framework/utils"

import { isCurrencyCode } from "../currency-code"

describe("a currency code", () => {
  it("is one that Medusa offers", () => {
    const codes = Object.keys(defaultCurrencies).map((code) => code.toLowerCase())
    expect(codes.length).toBeGreaterThan(100)
    expect(codes.filter((code) => !isCurrencyCode(code))).toEqual([])
  })

  it.each(["usd", "eur", "huf", "xaf", "kwd"])("is %s", (code) => {
    expect(isCurrencyCode(code)).toBe(true)
  })

  it.each(["abc", "zzz", "USD", "us", "usdd", "", "dollar", "toString", "e\u0301r"])("is not %j", (code) => {
    expect(isCurrencyCode(code)).toBe(false)
  })
})
