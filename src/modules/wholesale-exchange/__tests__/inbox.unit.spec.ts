import fc from "fast-check"

import { backOffSeconds } from "../domain/back-off"
import { comparePositions, firstStatus } from "../domain/inbox"

describe("back-off", () => {
  // 5 s × 2^(n − 1), never more than an hour: 5 × 2^9 = 2,560 s is the last below it.
  it.each([
    [0, 5],
    [1, 5],
    [2, 10],
    [3, 20],
    [4, 40],
    [10, 2_560],
    [11, 3_600],
    [1_000_000, 3_600],
  ])("after attempt %i is %i seconds", (attempts, seconds) => {
    expect(backOffSeconds(attempts)).toBe(seconds)
  })
})

describe("positions of a document", () => {
  const position = fc.record({
    incarnation: fc.integer({ min: 1, max: 5 }),
    revision: fc.integer({ min: 1, max: 50 }),
  })

  it.each([
    [{ incarnation: 1, revision: 2 }, { incarnation: 1, revision: 3 }, -1],
    [{ incarnation: 1, revision: 10 }, { incarnation: 1, revision: 9 }, 1],
    [{ incarnation: 1, revision: 99 }, { incarnation: 2, revision: 1 }, -1],
    [{ incarnation: 2, revision: 3 }, { incarnation: 2, revision: 3 }, 0],
  ])("%j against %j", (left, right, sign) => {
    expect(Math.sign(comparePositions(left, right))).toBe(sign)
  })

  it("are in one order, whichever way they are compared", () => {
    fc.assert(
      fc.property(position, position, position, (a, b, c) => {
        expect(Math.sign(comparePositions(a, b)) + Math.sign(comparePositions(b, a))).toBe(0)
        if (comparePositions(a, b) <= 0 && comparePositions(b, c) <= 0) {
          expect(comparePositions(a, c)).toBeLessThanOrEqual(0)
        }
      })
    )
  })
})

describe("a document that was not there before", () => {
  it.each([
    [{ state: "known" }, false, "received", "new"],
    [{ state: "known" }, true, "ignored", "older"],
    [{ state: "unsupported", reason: "newer" }, false, "unsupported", "unsupported"],
    [{ state: "unsupported", reason: "newer" }, true, "ignored", "older"],
    [{ state: "malformed", reason: "bad" }, false, "failed", "malformed"],
    [{ state: "malformed", reason: "bad" }, true, "ignored", "older"],
  ] as const)("%j, older: %s → %s, %s", (verdict, isOlder, status, state) => {
    expect(firstStatus(verdict, isOlder)).toMatchObject({ status, state })
  })
})
