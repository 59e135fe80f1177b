import { assertAccountDetails, NewAccount, newAccountRow } from "../domain/account-details"

const account: NewAccount = { store_id: "whstore_1", company_name: " Corner Shop Ltd ", currency_code: "GBP" }

describe("newAccountRow", () => {
  it("fills in what was not given", () => {
    expect(newAccountRow("whacc_1", account)).toEqual({
      id: "whacc_1",
      store_id: "whstore_1",
      company_name: "Corner Shop Ltd",
      number: null,
      email: null,
      phone: null,
      tax_number: null,
      currency_code: "gbp",
      terms_days: 30,
      kind: "trade",
      status: "active",
      customer_id: null,
      sales_rep_email: null,
    })
  })

  it("keeps what was given, terms of no days among it", () => {
    const given = { ...account, number: "17850", terms_days: 0, kind: "cash", customer_id: "cus_1" } as const
    expect(newAccountRow("whacc_1", given)).toMatchObject({
      number: "17850",
      terms_days: 0,
      kind: "cash",
      customer_id: "cus_1",
    })
  })

  it.each(["", "GB", "POUND"])("refuses the currency %p", (currency_code) => {
    expect(() => newAccountRow("whacc_1", { ...account, currency_code })).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_account", details: { field: "currency_code" } })
    )
  })
})

describe("assertAccountDetails", () => {
  it.each([
    ["a company without a name", { company_name: " " }, "company_name"],
    ["a number without a character", { number: "" }, "number"],
    ["negative terms", { terms_days: -1 }, "terms_days"],
    ["half a day", { terms_days: 0.5 }, "terms_days"],
    ["more than a year", { terms_days: 366 }, "terms_days"],
    ["terms that are no number", { terms_days: Number.NaN }, "terms_days"],
  ])("refuses %s", (_, details, field) => {
    expect(() => assertAccountDetails(details)).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_account", details: { field } })
    )
  })

  it.each([[{}], [{ number: null }], [{ terms_days: 0 }], [{ terms_days: 365 }]])("takes %j", (details) => {
    expect(() => assertAccountDetails(details)).not.toThrow()
  })
})
