import { useTranslation } from "react-i18next"

export const NAMESPACE = "wholesale"

/** The plugin's own translations. */
export function useT() {
  return useTranslation(NAMESPACE).t
}
