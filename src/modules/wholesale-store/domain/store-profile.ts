import { canonicalJson } from "../../../lib/hash/content-hash"
import type { StoreSettings } from "./store-settings"

/** The settings that partners see; the rest of a store's profile is its currency, which never changes. */
export const PROFILE_SETTINGS = ["name", "mode", "email", "phone", "tax_number", "address"] as const

export type ProfileSettings = Pick<StoreSettings, (typeof PROFILE_SETTINGS)[number]>

/** Whether the changes make another profile of the one that stands; a setting that is not given stays. */
export function changesProfile(standing: ProfileSettings, changes: Partial<ProfileSettings>): boolean {
  return PROFILE_SETTINGS.some(
    (setting) =>
      changes[setting] !== undefined && canonicalJson(changes[setting]) !== canonicalJson(standing[setting])
  )
}
