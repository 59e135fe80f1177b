import { createContext, useContext } from "react"

import type { Access } from "../lib/navigation"
import type { Store, WholesaleContext } from "../lib/types/store"

export interface Wholesale extends Omit<WholesaleContext, "store"> {
  readonly store: Store
  readonly access: Access
}

export const WholesaleProvider = createContext<Wholesale | null>(null)

/** The store, the user and their flags, inside a Wholesale page. */
export function useWholesale(): Wholesale {
  const wholesale = useContext(WholesaleProvider)
  if (!wholesale) {
    throw new Error("useWholesale is for components inside a WholesalePage.")
  }
  return wholesale
}
