import { newPrintSettings, printChanges } from "../domain/print-settings"

const account = { holder: "Harbour", account_number: "de89 3704 0044 0532 0130 00", bic: "cobadeffxxx" }

describe("newPrintSettings", () => {
  it("prints nothing but English until more is said", () => {
    expect(newPrintSettings({})).toEqual({
      registration_number: null,
      bank_account: null,
      brand_color: null,
      logo_file_id: null,
      locale: "en",
      footer_note: null,
    })
  })
})

describe("printChanges", () => {
  it("takes what is printed and leaves the rest", () => {
    const changes = { name: "Harbour", footer_note: null, locale: undefined }
    expect(printChanges(changes)).toEqual({ footer_note: null })
  })

  it("keeps account numbers without spaces, and locales as they are written", () => {
    expect(printChanges({ bank_account: account, locale: "de-at" })).toEqual({
      bank_account: { holder: "Harbour", account_number: "DE89370400440532013000", bic: "COBADEFFXXX" },
      locale: "de-AT",
    })
  })

  it("takes the account number of a country without IBAN", () => {
    const bank_account = { holder: null, account_number: "000123456789", bic: null }
    expect(printChanges({ bank_account })).toEqual({ bank_account })
  })

  it.each([
    ["a mistyped IBAN", { bank_account: { ...account, account_number: "DE88370400440532013000" } }, "bank_account.account_number"],
    ["a BIC that is none", { bank_account: { ...account, bic: "COBA" } }, "bank_account.bic"],
    ["a colour by its name", { brand_color: "red" }, "brand_color"],
    ["a locale that is none", { locale: "not a locale" }, "locale"],
    ["a language that nobody writes", { locale: "xx" }, "locale"],
  ])("refuses %s", (_, changes, field) => {
    expect(() => printChanges(changes)).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_store", details: { field } })
    )
  })
})
