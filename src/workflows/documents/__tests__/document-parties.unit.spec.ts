import { buyerSide, placeOf, sellerSide } from "../document-parties"

describe("sellerSide", () => {
  it("prints what was kept of the seller", () => {
    expect(
      sellerSide({
        name: "Harbour",
        mode: "distributor",
        email: "billing@harbour.example",
        tax_number: "DE123456789",
        registration_number: "HRB 4711",
        address: { company: "Harbour Ltd.", first_name: "Ada", last_name: "Kruse", address_1: "1 Quay", city: "Hamburg", country_code: "de" },
        bank_account: { holder: "Harbour", account_number: "DE02120300000000202051", bic: null },
        locale: "de",
        footer_note: "Managing director: Ada Kruse",
      })
    ).toEqual({
      seller: {
        name: "Harbour",
        trading_name: "Harbour Ltd.",
        tax_number: "DE123456789",
        registration_number: "HRB 4711",
        contact_name: "Ada Kruse",
        email: "billing@harbour.example",
        phone: null,
        electronic_address: null,
        address: { lines: ["1 Quay"], city: "Hamburg", postal_code: null, subdivision: null, country_code: "de" },
      },
      bank_accounts: [{ holder: "Harbour", account_number: "DE02120300000000202051", bic: null, bank_name: null }],
      locale: "de",
      notes: ["Managing director: Ada Kruse"],
    })
  })

  it("goes by English and without a bank where an older document kept neither", () => {
    expect(sellerSide({ name: "Harbour", address: null })).toMatchObject({ locale: "en", bank_accounts: [], notes: [] })
  })
})

describe("buyerSide", () => {
  it("says where the goods went, by the name of who took them", () => {
    const address = { company: "Elm, back door", first_name: "Eve", address_1: "5 Elm Street", country_code: "us" }
    const { buyer, delivery } = buyerSide({ name: "Elm Stores", address, delivery: { address, delivered_on: "2026-06-02" } })
    expect(buyer).toMatchObject({ name: "Elm Stores", trading_name: "Elm, back door", contact_name: "Eve" })
    expect(delivery).toMatchObject({
      name: "Elm, back door",
      delivered_on: "2026-06-02",
      address: { lines: ["Eve", "5 Elm Street"] },
    })
  })

  it("knows of no delivery where none was kept", () => {
    expect(buyerSide({ name: "Elm Stores" }).delivery).toBeNull()
  })
})

describe("placeOf", () => {
  it("is the account's where the address names nobody", () => {
    expect(placeOf({ address_1: "5 Elm Street" }, "Elm Stores")).toMatchObject({
      name: "Elm Stores",
      address: { lines: ["5 Elm Street"] },
    })
  })
})
