import type { DunningLevel, DunningLevelsBody } from "./types/receivables"

export type LevelDraft = Pick<DunningLevel, "days_late"> & {
  readonly fee: number | string | null
  readonly interest_percent: number | string | null
}

/** Levels as the API takes them: all of them, by their days. */
export function levelsBody(levels: readonly LevelDraft[], reason?: string): DunningLevelsBody {
  return {
    levels: [...levels]
      .sort((one, other) => one.days_late - other.days_late)
      .map(({ days_late, fee, interest_percent }) => ({ days_late, fee, interest_percent })),
    reason,
  }
}
