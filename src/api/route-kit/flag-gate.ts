import { WholesaleError } from "../../lib/errors/wholesale-error"
import type { FlagName } from "../../modules/wholesale-store/domain/feature-flags"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"

/** The flags of which at least one must be on. */
export type FlagRequirement = readonly FlagName[]

/** Whoever sells, sells through connections, the portal, or both. */
export const SALES: FlagRequirement = ["retailer_connections", "wholesale_portal"]
export const CONNECTIONS: FlagRequirement = ["retailer_connections"]
export const PORTAL: FlagRequirement = ["wholesale_portal"]
export const PURCHASING: FlagRequirement = ["distributor_ordering"]
export const RECEIVING: FlagRequirement = ["wholesale_receiving"]
export const ANY_TRADE: FlagRequirement = [...SALES, ...PURCHASING]

/** @throws WholesaleError 403 `feature_disabled`, naming the flags and who can set them */
export async function requireFlag(
  stores: WholesaleStoreModuleService,
  storeId: string,
  requirement: FlagRequirement
): Promise<void> {
  const flags = await stores.effectiveFlags(storeId)
  if (requirement.some((name) => flags[name].enabled)) {
    return
  }
  const levels = [...new Set(requirement.map((name) => flags[name].level))]
  const setBy = levels.map((level) => (level === "platform" ? "a platform admin" : "a member of the store"))
  throw new WholesaleError(
    403,
    "feature_disabled",
    `This needs the feature ${requirement.join(" or ")}, which is off. It can be turned on by ${setBy.join(" or ")} under Wholesale, Settings.`,
    { flags: [...requirement], level: levels[0], set_by: setBy }
  )
}
