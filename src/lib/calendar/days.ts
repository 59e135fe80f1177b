const DAY_IN_MILLISECONDS = 24 * 60 * 60 * 1000

/** The calendar day of a moment, in UTC, as `2026-01-31`. */
export function calendarDay(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}

/** The moment so many calendar days later, at the same time of day (UTC). */
export function addDays(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * DAY_IN_MILLISECONDS)
}

/**
 * How many calendar days (UTC) lie from one moment's day to another's: 0 on the same day, whatever the
 * hour; below zero where `to` is on an earlier day.
 */
export function daysBetween(from: Date, to: Date): number {
  return (startOfDay(to).getTime() - startOfDay(from).getTime()) / DAY_IN_MILLISECONDS
}

/** The last day of the moment's month, at the same time of day (UTC). */
export function endOfMonth(moment: Date): Date {
  const end = new Date(moment.getTime())
  end.setUTCMonth(end.getUTCMonth() + 1, 0)
  return end
}

/** The first moment (UTC) after a calendar day, `2026-01-31`; none of none. */
export function endOfDay(day: string | undefined): Date | undefined {
  return day === undefined ? undefined : addDays(new Date(day), 1)
}

/** Midnight (UTC) at which the moment's week (from Monday on) or month began. */
export function startOfPeriod(period: "weekly" | "monthly", moment: Date): Date {
  const day = startOfDay(moment)
  const past = period === "weekly" ? (day.getUTCDay() + 6) % 7 : day.getUTCDate() - 1
  return addDays(day, -past)
}

/** Midnight (UTC) at which the moment's day began. */
export function startOfDay(moment: Date): Date {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()))
}
