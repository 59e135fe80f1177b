import { accessOf, booksAreOpen, entriesFor, sidebarEntryIsShown } from "../navigation"
import type { FlagName, Store, StoreMode, WholesaleContext } from "../types/store"

function context(mode: StoreMode, on: readonly FlagName[]): Pick<WholesaleContext, "store" | "flags"> {
  const flags = Object.fromEntries(
    on.map((flag) => [flag, { enabled: true, level: "store" as const, description: "" }])
  )
  return { store: { mode } as Store, flags }
}

const sections = (mode: StoreMode, on: readonly FlagName[]) =>
  entriesFor(accessOf(context(mode, on))).map(({ section }) => section)

const ALL: readonly FlagName[] = ["distributor_ordering", "wholesale_portal", "retailer_connections"]

describe("The inner navigation", () => {
  it("offers home and settings alone while nothing is on", () => {
    expect(sections("both", [])).toEqual(["home", "settings"])
  })

  it("keeps the buyer's pages from a distributor", () => {
    expect(sections("distributor", ALL)).toEqual([
      "home",
      "orders",
      "invoices",
      "payments",
      "receivables",
      "credit",
      "items",
      "accounts",
      "connections",
      "relay",
      "settings",
    ])
  })

  it("keeps the seller's pages from a retailer", () => {
    expect(sections("retailer", ALL)).toEqual([
      "home",
      "suppliers",
      "purchaseOrders",
      "bills",
      "connections",
      "relay",
      "settings",
    ])
  })

  it("opens the seller's pages for the portal without connections", () => {
    expect(sections("distributor", ["wholesale_portal"])).toEqual([
      "home",
      "orders",
      "invoices",
      "payments",
      "receivables",
      "credit",
      "items",
      "accounts",
      "settings",
    ])
  })
})

describe("The books", () => {
  it.each<[FlagName[], boolean]>([
    [[], false],
    [["wholesale_receiving", "link_member_wholesale_accounts"], false],
    [["retailer_connections"], true],
    [["wholesale_portal"], true],
    [["distributor_ordering"], true],
  ])("with %j on: open is %s, as the route has it", (on, expected) => {
    expect(booksAreOpen(accessOf(context("both", on)))).toBe(expected)
  })
})

describe("The sidebar's entry", () => {
  const shown = (is_platform_admin: boolean, has_platform_admin: boolean, on: readonly FlagName[]) =>
    sidebarEntryIsShown({
      ...context("both", on),
      actor_id: "user_1",
      actor_type: "user",
      stores: [],
      is_platform_admin,
      has_platform_admin,
    })

  it.each([
    ["is hidden while nothing is on and somebody else governs the platform", false, true, [], false],
    ["is there for a platform admin, who can turn something on", true, true, [], true],
    ["is there while nobody governs the platform, to say how to name one", false, false, [], true],
    ["is there for everybody once something is on", false, true, ["wholesale_portal"], true],
  ] as const)("%s", (_, isAdmin, hasAdmin, on, expected) => {
    expect(shown(isAdmin, hasAdmin, on)).toBe(expected)
  })
})
