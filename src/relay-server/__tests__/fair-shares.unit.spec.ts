import fc from "fast-check"

import { fairShares } from "../mailboxes/fair-shares"

describe("fair shares of what an answer can hold", () => {
  it.each([
    // All of it fits.
    [[3, 1], 10, [3, 1]],
    // 9 over three.
    [[5, 5, 5], 9, [3, 3, 3]],
    // 1 and 3 give all; 46 are left for two.
    [[200, 1, 3, 150], 50, [23, 1, 3, 23]],
    // 10 over three is 4 each, rounded up: the cut to 10 is the caller's.
    [[9, 9, 9], 10, [4, 4, 4]],
    // More mailboxes than places: one each, the caller takes the oldest.
    [[2, 2, 2], 2, [1, 1, 1]],
    [[], 5, []],
  ])("of %j with %i places are %j", (counts, limit, shares) => {
    expect(fairShares(counts, limit)).toEqual(shares)
  })

  it("fill the answer, give nobody more than he has, and nobody more than another who has as much to give", () => {
    const counts = fc.array(fc.integer({ min: 1, max: 1_000 }), { maxLength: 60 })
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 500 }), (given, limit) => {
        const shares = fairShares(given, limit)
        const total = given.reduce((sum, count) => sum + count, 0)
        const taken = shares.reduce((sum, share) => sum + share, 0)
        expect(taken).toBeGreaterThanOrEqual(Math.min(limit, total))
        // Rounded up for each at most once.
        expect(taken).toBeLessThanOrEqual(Math.min(limit + given.length, total))
        const most = Math.max(0, ...shares)
        shares.forEach((share, index) => expect(share === given[index] || share === most).toBe(true))
      })
    )
  })
})
