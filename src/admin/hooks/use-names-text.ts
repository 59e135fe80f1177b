import { useT } from "./use-t"

const SHOWN = 5

/** Names in a line; of many the first, and how many more there are. */
export function useNamesText(): (names: Iterable<string>) => string {
  const t = useT()
  return (names) => {
    const distinct = [...new Set(names)]
    const shown = distinct.slice(0, SHOWN).join(", ")
    const count = distinct.length - SHOWN
    return count > 0 ? t("common.andMore", { names: shown, count }) : shown
  }
}
