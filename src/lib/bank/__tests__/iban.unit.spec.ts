import { isIban, looksLikeIban, plainAccountNumber } from "../iban"

describe("isIban", () => {
  // The examples of the SWIFT registry.
  it.each(["DE89370400440532013000", "GB29NWBK60161331926819", "NO9386011117947"])("takes %s", (iban) => {
    expect(isIban(iban)).toBe(true)
  })

  it.each([
    ["two digits in the wrong order", "DE89370400440532010300"],
    ["other check digits", "DE88370400440532013000"],
    ["an account number of another kind", "000123456789"],
    ["spaces, which the plain form has none of", "DE89 3704 0044 0532 0130 00"],
  ])("refuses %s", (_, account) => {
    expect(isIban(account)).toBe(false)
  })

  it("tells a mistyped IBAN from an account number of another kind", () => {
    expect(looksLikeIban("DE88370400440532013000")).toBe(true)
    expect(looksLikeIban("000123456789")).toBe(false)
  })

  it("reads it as people write it", () => {
    expect(plainAccountNumber(" de89 3704 0044\u00a00532 0130 00 ")).toBe("DE89370400440532013000")
  })
})
