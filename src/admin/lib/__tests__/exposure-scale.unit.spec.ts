import { exposureScale, type ExposurePart } from "../exposure-scale"

const rules = (credit_limit: number | null, soft: number | null = null, hard: number | null = null) => ({
  credit_limit,
  soft_threshold_percent: soft,
  hard_threshold_percent: hard,
})
const parts = (amounts: Partial<Record<ExposurePart["name"], number>>) =>
  Object.entries(amounts).map(([name, amount]) => ({ name: name as ExposurePart["name"], amount }))
const widths = (scale: ReturnType<typeof exposureScale>) => scale?.segments.map(({ width }) => width)

describe("The scale of an exposure", () => {
  it("ends at the limit while the exposure is below", () => {
    // 40 % + 20 %, lines at their percentages
    const scale = exposureScale(parts({ balance: 40, reserved: 20 }), rules(100, 80, 95))
    expect(widths(scale)).toEqual([40, 20])
    expect(scale?.lines.map(({ at }) => at)).toEqual([80, 95, 100])
    expect(scale?.usedPercent).toBe(60)
  })

  it("ends at the exposure where that is beyond, and moves the lines", () => {
    // 45,000 + 105,000 = 150,000: 30 % and 70 %; the limit of 75,000 is half of it, 80 % of it two fifths
    const scale = exposureScale(parts({ exposure: 45_000, order: 105_000 }), rules(75_000, 80))
    expect(widths(scale)).toEqual([30, 70])
    expect(scale?.lines).toEqual([
      { name: "soft", percent: 80, at: 40 },
      { name: "limit", percent: 100, at: 50 },
    ])
    expect(scale?.usedPercent).toBe(200)
  })

  it("takes credit left on the account off what follows", () => {
    // −30 + 50 + 10 = 30 of 100
    const scale = exposureScale(parts({ balance: -30, reserved: 50, order: 10 }), rules(100))
    expect(widths(scale)).toEqual([0, 20, 10])
    expect(scale?.usedPercent).toBe(30)
  })

  it("says nothing where there is no limit, or nothing on account", () => {
    expect(exposureScale(parts({ balance: 1 }), rules(null))).toBeNull()
    expect(exposureScale(parts({ balance: 1 }), rules(0))).toBeNull()
  })
})
