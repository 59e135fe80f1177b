import { WholesaleError } from "../../../lib/errors/wholesale-error"

export type FlagLevel = "platform" | "store"

export const FEATURE_FLAGS = {
  distributor_ordering: {
    level: "platform",
    opens: "Browsing the catalogs of suppliers, and purchase orders.",
  },
  wholesale_receiving: { level: "platform", opens: "Receipts against purchase orders." },
  wholesale_portal: { level: "store", opens: "The store API for the employees of accounts." },
  retailer_connections: {
    level: "store",
    opens: "Pairing codes, connections and publishing the catalog.",
  },
  link_member_wholesale_accounts: {
    level: "store",
    opens: "Matching orders to customers by their verified e-mail.",
  },
} as const satisfies Record<string, { level: FlagLevel; opens: string }>

export type FlagName = keyof typeof FEATURE_FLAGS

export const FLAG_NAMES = Object.keys(FEATURE_FLAGS) as FlagName[]

export type EffectiveFlags = Record<FlagName, { enabled: boolean; level: FlagLevel }>

/** A recorded setting; those of other stores and unknown names do not count. */
export interface FlagSetting {
  readonly flag: string
  readonly store_id: string | null
  readonly enabled: boolean
}

/**
 * What holds for a store: a platform flag as the platform set it, a store flag as the store set it,
 * and where nothing is set on that level, on when `defaults` names it.
 */
export function effectiveFlags(
  storeId: string,
  settings: readonly FlagSetting[],
  defaults: readonly FlagName[]
): EffectiveFlags {
  const entries = FLAG_NAMES.map((flag) => {
    const { level } = FEATURE_FLAGS[flag]
    const owner = level === "platform" ? null : storeId
    const setting = settings.find((row) => row.flag === flag && row.store_id === owner)
    return [flag, { enabled: setting?.enabled ?? defaults.includes(flag), level }] as const
  })
  return Object.fromEntries(entries) as EffectiveFlags
}

/**
 * Whose setting a flag is: null for the platform, else the store.
 *
 * @throws WholesaleError 404 `not_found` for a name that is no flag
 * @throws WholesaleError 400 `store_required` for a flag of the store level without a store
 */
export function flagOwner(flag: string, storeId: string | undefined): string | null {
  if (!isFlagName(flag)) {
    throw new WholesaleError(404, "not_found", `Feature flag ${flag} was not found.`, {
      document: "Feature flag",
      id: flag,
      flags: FLAG_NAMES,
    })
  }
  if (FEATURE_FLAGS[flag].level === "platform") {
    return null
  }
  if (storeId === undefined) {
    throw new WholesaleError(400, "store_required", `Feature flag ${flag} is set for one store: name it.`, {
      flag,
      level: "store",
    })
  }
  return storeId
}

/** 403 for a flag of the platform level, which no member of a store sets. */
export function platformAdminRequired(flag: string): WholesaleError {
  return new WholesaleError(
    403,
    "platform_admin_required",
    `Feature flag ${flag} holds for all stores: only a platform admin sets it.`,
    { flag, level: "platform" }
  )
}

export function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(FEATURE_FLAGS, name)
}
