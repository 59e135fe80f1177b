import { effectiveFlags, FEATURE_FLAGS, FLAG_NAMES, flagOwner } from "../domain/feature-flags"

const STORE = "whstore_a"
const OTHER = "whstore_b"

describe("the flags", () => {
  it("are the five of the plan, each on its level", () => {
    expect(Object.entries(FEATURE_FLAGS).map(([flag, { level }]) => [flag, level])).toEqual([
      ["distributor_ordering", "platform"],
      ["wholesale_receiving", "platform"],
      ["wholesale_portal", "store"],
      ["retailer_connections", "store"],
      ["link_member_wholesale_accounts", "store"],
    ])
  })

  it("are all off where nothing is set", () => {
    for (const { enabled } of Object.values(effectiveFlags(STORE, [], []))) {
      expect(enabled).toBe(false)
    }
  })

  it("are on by default where the option says so and nothing is set", () => {
    const flags = effectiveFlags(STORE, [], ["wholesale_portal", "distributor_ordering"])
    expect(FLAG_NAMES.filter((flag) => flags[flag].enabled)).toEqual([
      "distributor_ordering",
      "wholesale_portal",
    ])
  })

  it.each([
    // a setting of the flag's own level counts
    ["wholesale_portal", STORE, true, [], true],
    ["distributor_ordering", null, true, [], true],
    // and wins over the default
    ["wholesale_portal", STORE, false, ["wholesale_portal"], false],
    ["distributor_ordering", null, false, ["distributor_ordering"], false],
    // one of another store or level does not count
    ["wholesale_portal", OTHER, true, [], false],
    ["wholesale_portal", null, true, [], false],
    ["distributor_ordering", STORE, true, [], false],
    ["distributor_ordering", STORE, false, ["distributor_ordering"], true],
  ] as const)("%s set by %s to %s with defaults %j is %s", (flag, store_id, enabled, defaults, effective) => {
    expect(effectiveFlags(STORE, [{ flag, store_id, enabled }], defaults)[flag].enabled).toBe(effective)
  })

  it("pass over settings of flags that are no more", () => {
    expect(effectiveFlags(STORE, [{ flag: "gone", store_id: null, enabled: true }], [])).not.toHaveProperty("gone")
  })
})

describe("whose setting a flag is", () => {
  it("is the platform's for a flag of that level, whatever store is named", () => {
    expect(flagOwner("distributor_ordering", undefined)).toBeNull()
    expect(flagOwner("distributor_ordering", STORE)).toBeNull()
  })

  it("is the store's for a flag of that level", () => {
    expect(flagOwner("wholesale_portal", STORE)).toBe(STORE)
    expect(() => flagOwner("wholesale_portal", undefined)).toThrow(
      expect.objectContaining({ status: 400, code: "store_required" })
    )
  })

  it.each(["gone", "", "toString", "__proto__"])("is nobody's for %p, which is no flag", (name) => {
    expect(() => flagOwner(name, STORE)).toThrow(expect.objectContaining({ status: 404, code: "not_found" }))
  })
})
