import { accountChanges, NewAccount, newAccountRow } from "../domain/account-details"

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
      terms: { type: "net", days: 30, discount: null },
      kind: "trade",
      status: "active",
      customer_id: null,
      sales_rep_email: null,
      price_tier_id: null,
      invoice_on: null,
      invoice_consolidation: null,
      invoice_series: null,
    })
  })

  it("keeps what was given, terms of no days among it", () => {
    const given = { ...account, number: "17850", terms: { type: "net", days: 0 }, kind: "cash", customer_id: "cus_1" } as const
    expect(newAccountRow("whacc_1", given)).toMatchObject({
      number: "17850",
      terms: { type: "net", days: 0, discount: null },
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

describe("accountChanges", () => {
  it.each([
    ["a company without a name", { company_name: " " }, "company_name"],
    ["a number without a character", { number: "" }, "number"],
  ])("refuses %s", (_, details, field) => {
    expect(() => accountChanges(details)).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_account", details: { field } })
    )
  })

  it.each([[{}], [{ number: null }], [{ email: "new@corner.test" }]])("takes %j as it is", (details) => {
    expect(accountChanges(details)).toEqual(details)
  })

  it("fills in what terms leave out, and refuses what are none", () => {
    expect(accountChanges({ terms: { type: "prepaid" } })).toEqual({
      terms: { type: "prepaid", days: 0, discount: null },
    })
    expect(() => accountChanges({ terms: { type: "net", days: -1 } })).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_terms", details: { field: "days" } })
    )
  })
})
