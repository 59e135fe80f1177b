import { WholesaleError } from "../../lib/errors/wholesale-error"
import type { StoreRow } from "./admin-session"

const MODES = {
  sell: ["distributor", "both"],
  buy: ["retailer", "both"],
} as const

/**
 * A store begins only what its mode is for; what it began in another mode goes on.
 *
 * @throws WholesaleError 409 `store_mode`
 */
export function requireMode(store: StoreRow, side: keyof typeof MODES): void {
  const modes: readonly string[] = MODES[side]
  if (!modes.includes(store.mode)) {
    throw new WholesaleError(
      409,
      "store_mode",
      `Store ${store.name} is a ${store.mode} and does not ${side}. Its mode is chosen under Wholesale, Settings.`,
      { store_id: store.id, mode: store.mode, needed: [...modes] }
    )
  }
}
