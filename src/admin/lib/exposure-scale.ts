import type { LimitRules } from "./types/credit"

/** What an exposure is made of, in the order in which it is shown; an order that waits would come on top. */
export interface ExposurePart {
  readonly name: "balance" | "reserved" | "exposure" | "order"
  /** Less than nothing where credit is left on the account. */
  readonly amount: number
}

export interface ExposureScale {
  /** From left to right, each with its share of the whole scale in percent. */
  readonly segments: readonly (ExposurePart & { readonly width: number })[]
  readonly lines: readonly { readonly name: "soft" | "hard" | "limit"; readonly percent: number; readonly at: number }[]
  /** The exposure in percent of the limit, to one decimal. */
  readonly usedPercent: number
}

/**
 * The scale of a bar that shows an exposure against its limit: it ends at the limit, or at the exposure where that
 * is beyond. For the eye only; what the rules say stands in the API's figures. Null without a limit above nothing.
 */
export function exposureScale(
  parts: readonly ExposurePart[],
  { credit_limit: limit, soft_threshold_percent: soft, hard_threshold_percent: hard }:
    Pick<LimitRules, "credit_limit" | "soft_threshold_percent" | "hard_threshold_percent">
): ExposureScale | null {
  if (limit === null || limit <= 0) {
    return null
  }
  const sum = parts.reduce((before, { amount }) => before + amount, 0)
  const exposure = Math.max(0, sum)
  const end = Math.max(limit, exposure)
  // Credit left on the account is used up first by what follows it.
  let left = 0
  const segments = parts.map(({ name, amount }) => {
    const used = Math.max(0, amount + left)
    left = Math.min(0, amount + left)
    return { name, amount, width: (used / end) * 100 }
  })
  const lines = [
    { name: "soft", percent: soft } as const,
    { name: "hard", percent: hard } as const,
    { name: "limit", percent: 100 } as const,
  ].flatMap(({ name, percent }) => (percent === null ? [] : [{ name, percent, at: (percent * limit) / end }]))
  return { segments, lines, usedPercent: Math.round((exposure / limit) * 1000) / 10 }
}
