import { lateInterest } from "../domain/late-interest"

describe("late interest", () => {
  it.each([
    // 100 × 10 % × 15 ÷ 365 = 0.41095… → 0.41
    ["usd", "100.00", "10", "2026-02-01", "2026-02-16", "0.41"],
    // 100,000 × 9.12 % × 31 ÷ 365 = 774.575… → 775
    ["jpy", "100000", "9.12", "2026-01-31", "2026-03-03", "775"],
    // 1.000 × 8 % × 1 ÷ 365 = 0.000219… → 0.000
    ["kwd", "1.000", "8", "2026-02-01", "2026-02-02", "0.000"],
    // A leap year's 366 days over a year of 365: 365.00 × 10 % × 366 ÷ 365 = 36.60
    ["usd", "365.00", "10", "2028-01-01", "2029-01-01", "36.60"],
    ["usd", "100.00", "10", "2026-02-16", "2026-02-16", "0.00"],
    ["usd", "100.00", "10", "2026-02-16", "2026-02-01", "0.00"],
  ])("in %s on %s at %s %% from %s to %s is %s", (currency_code, amount, percent, from, to, interest) => {
    expect(lateInterest({ currency_code, amount, percent, from: new Date(from), to: new Date(to) })).toBe(interest)
  })
})
