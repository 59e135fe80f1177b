import { calendarDayOf, dateOfDay, isLate } from "../calendar-day"

describe("A calendar day in a picker", () => {
  it.each(["2026-01-31", "2028-02-29", "0999-12-01"])("%s is the same day there and back", (day) => {
    expect(calendarDayOf(dateOfDay(day))).toBe(day)
  })

  it.each([null, undefined, "", "31.1.2026", "2026-1-1"])("is none for %s", (day) => {
    expect(dateOfDay(day)).toBeNull()
    expect(calendarDayOf(null)).toBeNull()
  })

  it("is late from the day after, in UTC", () => {
    const due = "2026-01-31T08:30:00.000Z"
    expect(isLate(due, new Date("2026-01-31T23:59:59.999Z"))).toBe(false)
    expect(isLate(due, new Date("2026-02-01T00:00:00.000Z"))).toBe(true)
  })
})
