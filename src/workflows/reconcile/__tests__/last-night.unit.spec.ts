import { lastNight } from "../check-books"

describe("the night whose comparison is due", () => {
  it.each([
    ["2026-01-31T02:59:59.999Z", "2026-01-30T03:00:00.000Z"],
    ["2026-01-31T03:00:00.000Z", "2026-01-31T03:00:00.000Z"],
    ["2026-01-31T23:59:59.999Z", "2026-01-31T03:00:00.000Z"],
    ["2026-03-01T00:00:00.000Z", "2026-02-28T03:00:00.000Z"],
  ])("of %s began at %s", (now, night) => {
    expect(lastNight(new Date(now)).toISOString()).toBe(night)
  })
})
