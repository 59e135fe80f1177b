import { endOfDay, startOfPeriod } from "../days"

const moment = (text: string) => new Date(`${text}Z`)

describe("the period a moment lies in", () => {
  it.each([
    // Monday the 30th of November 2026 is the first day of its week.
    ["2026-11-30T00:00:00", "weekly", "2026-11-30T00:00:00"],
    ["2026-12-06T23:59:59", "weekly", "2026-11-30T00:00:00"],
    ["2026-11-29T23:59:59", "weekly", "2026-11-23T00:00:00"],
    // Over the turn of the year.
    ["2027-01-03T12:00:00", "weekly", "2026-12-28T00:00:00"],
    ["2026-11-30T23:59:59", "monthly", "2026-11-01T00:00:00"],
    ["2026-12-01T00:00:00", "monthly", "2026-12-01T00:00:00"],
    ["2028-02-29T08:00:00", "monthly", "2028-02-01T00:00:00"],
  ] as const)("of %s, %s, began at %s", (now, period, began) => {
    expect(startOfPeriod(period, moment(now))).toEqual(moment(began))
  })

  it("is over with its last day", () => {
    expect(endOfDay("2026-02-28")).toEqual(moment("2026-03-01T00:00:00"))
    expect(endOfDay(undefined)).toBeUndefined()
  })
})
