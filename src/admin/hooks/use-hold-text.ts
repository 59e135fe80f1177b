import type { HoldReason } from "../lib/types/credit"
import { amountText, useDay } from "./use-formats"
import { useT } from "./use-t"

export interface HoldText {
  /** A line that names the rule. */
  readonly short: string
  /** What is the matter, in a sentence. */
  readonly sentence: string
}

/** Why an order waits, in plain words. */
export function useHoldText(): (reason: HoldReason) => HoldText {
  const t = useT()
  const day = useDay()
  return ({ kind, basis, figures }) => {
    if (kind === "manual") {
      return { short: figures.reason, sentence: t(`holds.why.manual.${basis}`, { reason: figures.reason }) }
    }
    const money = (amount: string) => amountText(Number(amount), figures.currency_code)
    if (kind === "past_due") {
      const { amount, oldest_due_on, days_late, past_due_days, tolerance } = figures
      const said = {
        amount: money(amount),
        tolerance: money(tolerance),
        day: day(`${oldest_due_on}T12:00:00`),
        late: t("credit.changes.days", { count: days_late }),
        allowed: t("credit.changes.days", { count: past_due_days }),
      }
      return { short: t("holds.short.past_due", said), sentence: t("holds.why.past_due", said) }
    }
    const { limit, exposure_after, over_by, threshold, threshold_percent, prepaid } = figures
    const said = {
      limit: money(limit),
      after: money(exposure_after),
      over: money(over_by),
      threshold: money(threshold),
      percent: threshold_percent,
      owner: t(`holds.owners.${basis}`),
    }
    const which = prepaid ? "prepaid" : threshold_percent === "100" ? "limit" : "line"
    return { short: t(`holds.short.${which}`, said), sentence: t(`holds.why.${which}`, said) }
  }
}
