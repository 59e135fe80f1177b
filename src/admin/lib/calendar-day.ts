/** The day as it was picked, wherever the reader's clock stands: `2026-01-31`. */
export function calendarDayOf(date: Date | null): string | null {
  if (!date) {
    return null
  }
  const digits = (value: number, length: number) => String(value).padStart(length, "0")
  return `${digits(date.getFullYear(), 4)}-${digits(date.getMonth() + 1, 2)}-${digits(date.getDate(), 2)}`
}

/** A calendar day as a picker shows it; null for what is none. */
export function dateOfDay(day: string | null | undefined): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "")
  return parts && new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
}

/** Whether something due on this day is late. Days are the API's, in UTC: it is from the day after. */
export function isLate(due_at: string, now = new Date()): boolean {
  return due_at.slice(0, 10) < now.toISOString().slice(0, 10)
}
