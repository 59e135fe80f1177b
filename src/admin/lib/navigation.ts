import type { FlagName, WholesaleContext } from "./types/store"

export type Section =
  | "home"
  | "orders"
  | "invoices"
  | "payments"
  | "receivables"
  | "credit"
  | "items"
  | "accounts"
  | "suppliers"
  | "purchaseOrders"
  | "bills"
  | "connections"
  | "relay"
  | "settings"

interface NavigationEntry {
  readonly section: Section
  readonly to: string
  /** Which side of the trade the page belongs to; none for both. */
  readonly side?: "sells" | "buys"
  /** At least one of these must be on; none for pages that flags do not gate. */
  readonly flags?: readonly FlagName[]
}

const SALES: readonly FlagName[] = ["retailer_connections", "wholesale_portal"]
const PURCHASING: readonly FlagName[] = ["distributor_ordering"]

const ENTRIES: readonly NavigationEntry[] = [
  { section: "home", to: "/wholesale" },
  { section: "orders", to: "/wholesale/orders", side: "sells", flags: SALES },
  { section: "invoices", to: "/wholesale/invoices", side: "sells", flags: SALES },
  { section: "payments", to: "/wholesale/payments", side: "sells", flags: SALES },
  { section: "receivables", to: "/wholesale/receivables", side: "sells", flags: SALES },
  { section: "credit", to: "/wholesale/credit?status=active", side: "sells", flags: SALES },
  { section: "items", to: "/wholesale/items", side: "sells", flags: SALES },
  { section: "accounts", to: "/wholesale/accounts", side: "sells", flags: SALES },
  { section: "suppliers", to: "/wholesale/suppliers", side: "buys", flags: PURCHASING },
  { section: "purchaseOrders", to: "/wholesale/purchase-orders", side: "buys", flags: PURCHASING },
  { section: "bills", to: "/wholesale/bills", side: "buys", flags: PURCHASING },
  { section: "connections", to: "/wholesale/connections", flags: ["retailer_connections"] },
  { section: "relay", to: "/wholesale/relay", flags: ["retailer_connections"] },
  { section: "settings", to: "/wholesale/settings" },
]

/** What a user may see and do, drawn from the store's mode and the flags. */
export interface Access {
  readonly sells: boolean
  readonly buys: boolean
  readonly isOn: (flag: FlagName) => boolean
  readonly anyFlagOn: boolean
}

export function accessOf(context: Pick<WholesaleContext, "store" | "flags">): Access {
  const { store, flags } = context
  return {
    sells: store?.mode === "distributor" || store?.mode === "both",
    buys: store?.mode === "retailer" || store?.mode === "both",
    isOn: (flag) => flags[flag]?.enabled ?? false,
    anyFlagOn: Object.values(flags).some((flag) => flag.enabled),
  }
}

/** The inner navigation: the pages that the store's mode and the flags open. */
export function entriesFor(access: Access): readonly NavigationEntry[] {
  return ENTRIES.filter(
    ({ side, flags }) =>
      (side === undefined || access[side]) && (flags === undefined || flags.some(access.isOn))
  )
}

/** Whether the store's books can be compared: once anything that trade goes by is on. */
export function booksAreOpen({ isOn }: Pick<Access, "isOn">): boolean {
  return [...SALES, ...PURCHASING].some(isOn)
}

/**
 * Whether the sidebar shows Wholesale. With nothing on it is for platform admins alone, who can turn
 * something on, and for everybody while there is none, so that they learn how to name one.
 */
export function sidebarEntryIsShown(context: WholesaleContext): boolean {
  return (
    accessOf(context).anyFlagOn || context.is_platform_admin || !context.has_platform_admin
  )
}
