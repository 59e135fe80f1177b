import type { PaymentTerms } from "../lib/types/store"
import { useT } from "./use-t"

/** Payment terms in a line: "2% within 10 days, net 30 days". */
export function useTermsText(): (terms: PaymentTerms) => string {
  const t = useT()
  return ({ type, days, discount }) => {
    const due = t(`terms.short.${type}`, { count: days })
    return discount
      ? t("terms.short.discount", { percent: discount.percent, count: discount.days, due })
      : due
  }
}
