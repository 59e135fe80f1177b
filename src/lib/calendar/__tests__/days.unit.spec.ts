import { addDays, calendarDay, daysBetween, endOfMonth } from "../days"

const at = (moment: string) => new Date(moment)

describe("days", () => {
  it("names the day in UTC", () => {
    expect(calendarDay(at("2026-01-31T23:59:59Z"))).toBe("2026-01-31")
    expect(calendarDay(at("2026-01-31T23:59:59-05:00"))).toBe("2026-02-01")
  })

  it.each([
    ["2026-01-31T00:00:00Z", "2026-01-31T23:59:59Z", 0],
    // one second apart, and yet the next day
    ["2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", 1],
    // 28 days of February and 17 of March
    ["2026-01-31T12:00:00Z", "2026-03-17T01:00:00Z", 45],
    // 2028 is a leap year
    ["2028-02-28T12:00:00Z", "2028-03-01T12:00:00Z", 2],
    ["2026-03-01T00:00:00Z", "2026-02-28T23:00:00Z", -1],
  ])("counts from %s to %s %i days", (from, to, days) => {
    expect(daysBetween(at(from), at(to))).toBe(days)
  })

  it("adds days and keeps the time of day", () => {
    expect(addDays(at("2026-12-30T08:30:00Z"), 3)).toEqual(at("2027-01-02T08:30:00Z"))
  })

  it.each([
    ["2026-06-04T08:30:00Z", "2026-06-30T08:30:00Z"],
    ["2026-01-31T08:30:00Z", "2026-01-31T08:30:00Z"],
    ["2028-02-01T08:30:00Z", "2028-02-29T08:30:00Z"],
    ["2026-12-31T23:59:59Z", "2026-12-31T23:59:59Z"],
  ])("ends the month of %s on %s", (moment, end) => {
    expect(endOfMonth(at(moment))).toEqual(at(end))
  })
})
