import {
  changedLocationRow,
  chooseLocations,
  documentAddress,
  LocationDetails,
  LocationRow,
  newLocationRow,
} from "../domain/location"

const owner = { id: "whloc_1", store_id: "whstore_1", account_id: "whacc_1" }
const shop: LocationDetails = { name: " Shop ", address_1: " 1 High Street ", country_code: "GB" }

const row = (id: string, defaults: Partial<LocationRow> = {}): LocationRow => ({
  ...newLocationRow({ ...owner, id }, shop, false),
  ...defaults,
})
const invalid = (field: string) =>
  expect.objectContaining({ status: 400, code: "invalid_location", details: { field } })

describe("newLocationRow", () => {
  it("is the default for all when it is the account's first", () => {
    expect(newLocationRow(owner, { ...shop, is_default_shipping: false }, true)).toEqual({
      ...owner,
      name: "Shop",
      address_1: "1 High Street",
      address_2: null,
      city: null,
      postal_code: null,
      province: null,
      country_code: "gb",
      phone: null,
      is_default_shipping: true,
      is_default_billing: true,
    })
  })

  it("is a default later only when it is said", () => {
    expect(newLocationRow(owner, { ...shop, is_default_billing: true }, false)).toMatchObject({
      is_default_shipping: false,
      is_default_billing: true,
    })
  })

  it.each([
    ["name", { name: " " }],
    ["address_1", { address_1: "" }],
    ["country_code", { country_code: "GBR" }],
    ["country_code", { country_code: "" }],
  ])("refuses a wrong %s", (field, wrong) => {
    expect(() => newLocationRow(owner, { ...shop, ...wrong }, false)).toThrow(invalid(field))
  })
})

describe("changedLocationRow", () => {
  it("changes what is given and passes over what is undefined", () => {
    const changed = changedLocationRow(row("whloc_1"), { city: "Leeds", name: undefined, country_code: "IE" })
    expect(changed).toEqual({ ...row("whloc_1"), city: "Leeds", country_code: "ie" })
  })

  it("empties what is null", () => {
    expect(changedLocationRow(row("whloc_1", { city: "Leeds" }), { city: null }).city).toBeNull()
  })

  it.each(["is_default_shipping", "is_default_billing"] as const)("never ends %s without another", (column) => {
    expect(() => changedLocationRow(row("whloc_1", { [column]: true }), { [column]: false })).toThrow(invalid(column))
    expect(changedLocationRow(row("whloc_1"), { [column]: false })[column]).toBe(false)
    expect(changedLocationRow(row("whloc_1"), { [column]: true })[column]).toBe(true)
  })

  it.each([
    ["name", { name: "" }],
    ["address_1", { address_1: " " }],
    ["country_code", { country_code: "England" }],
  ])("refuses a wrong %s", (field, wrong) => {
    expect(() => changedLocationRow(row("whloc_1"), wrong)).toThrow(invalid(field))
  })
})

describe("chooseLocations", () => {
  const office = row("whloc_office", { is_default_billing: true })
  const depot = row("whloc_depot", { is_default_shipping: true })
  const kiosk = row("whloc_kiosk")
  const all = [office, depot, kiosk]

  it.each([
    // asked for, goods to, invoice to: the invoice never follows the goods
    [undefined, depot, office],
    ["whloc_kiosk", kiosk, office],
    ["whloc_depot", depot, office],
    ["whloc_office", office, office],
    ["whloc_elsewhere", undefined, office],
  ])("with %s asked for", (asked, ship_to, bill_to) => {
    expect(chooseLocations(all, asked)).toEqual({ ship_to, bill_to })
  })

  it("finds nothing among nothing", () => {
    expect(chooseLocations([], undefined)).toEqual({ ship_to: undefined, bill_to: undefined })
  })
})

describe("documentAddress", () => {
  it("names the company and leaves out what is empty", () => {
    expect(documentAddress("Corner Shop Ltd", row("whloc_1", { city: "Leeds", postal_code: "" }))).toEqual({
      company: "Corner Shop Ltd",
      address_1: "1 High Street",
      city: "Leeds",
      country_code: "gb",
    })
  })
})
