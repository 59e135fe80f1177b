import { changesProfile } from "../domain/store-profile"
import type { StoreSettings } from "../domain/store-settings"

describe("what partners see of a store", () => {
  const standing = {
    name: "Northwind",
    mode: "distributor",
    email: null,
    phone: null,
    tax_number: "GB1",
    address: { address_1: "1 Dock Road", country_code: "gb" },
  } as const

  it.each<[Partial<StoreSettings>, boolean]>([
    [{}, false],
    [{ default_terms: { type: "net", days: 14 } }, false],
    [{ name: "Northwind", email: null }, false],
    [{ name: undefined }, false],
    [{ address: { country_code: "gb", address_1: "1 Dock Road" } }, false],
    [{ name: "North" }, true],
    [{ mode: "both" }, true],
    [{ tax_number: null }, true],
    [{ address: null }, true],
    [{ name: "Northwind", address: { address_1: "2 Dock Road", country_code: "gb" } }, true],
  ])("changes with %j: %s", (changes, changed) => {
    expect(changesProfile(standing, changes)).toBe(changed)
  })
})
