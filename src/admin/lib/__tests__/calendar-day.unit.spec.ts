import { calendarDayOf, dateOfDay } from "../calendar-day"

describe("A calendar day in a picker", () => {
  it.each(["2026-01-31", "2028-02-29", "0999-12-01"])("%s is the same day there and back", (day) => {
    expect(calendarDayOf(dateOfDay(day))).toBe(day)
  })

  it.each([null, undefined, "", "31.1.2026", "2026-1-1"])("is none for %s", (day) => {
    expect(dateOfDay(day)).toBeNull()
    expect(calendarDayOf(null)).toBeNull()
  })
})
