const STORAGE_KEY = "wholesale_store_id"

const listeners = new Set<() => void>()

/** The store that the user acts for, remembered by this browser; undefined until one is chosen. */
export function chosenStoreId(): string | undefined {
  return window.localStorage.getItem(STORAGE_KEY) ?? undefined
}

export function chooseStore(storeId: string | undefined): void {
  if (storeId === undefined) {
    window.localStorage.removeItem(STORAGE_KEY)
  } else {
    window.localStorage.setItem(STORAGE_KEY, storeId)
  }
  listeners.forEach((listener) => listener())
}

export function onStoreChoice(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener("storage", listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener("storage", listener)
  }
}
