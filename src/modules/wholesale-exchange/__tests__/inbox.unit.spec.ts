import { backOffSeconds } from "../domain/back-off"
import { firstStatus } from "../domain/inbox"

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
