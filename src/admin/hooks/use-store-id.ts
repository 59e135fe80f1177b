import { useSyncExternalStore } from "react"

import { chosenStoreId, onStoreChoice } from "../lib/store-choice"

/** The store that was chosen in this browser; follows a choice made elsewhere on the page. */
export function useStoreId(): string | undefined {
  return useSyncExternalStore(onStoreChoice, chosenStoreId)
}
