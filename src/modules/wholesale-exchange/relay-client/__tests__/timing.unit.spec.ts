import fc from "fast-check"

import { relayBackOffSeconds } from "../back-off"
import { RelayClock } from "../relay-clock"
import { readRetryAfter } from "../retry-after"

describe("the back-off from a relay", () => {
  // 2 s × 2^(n − 1), never more than 10 minutes: 2 × 2^8 = 512 is the last below it.
  it.each([
    [0, 2],
    [1, 2],
    [2, 4],
    [9, 512],
    [10, 600],
    [1_000_000, 600],
  ])("after %i failures lies between 0 and %i seconds", (failures, most) => {
    expect(relayBackOffSeconds(failures, undefined, () => 0)).toBe(0)
    expect(relayBackOffSeconds(failures, undefined, () => 0.5)).toBe(most / 2)
    expect(relayBackOffSeconds(failures, undefined, () => 0.999_999)).toBeCloseTo(most, 2)
  })

  it("is never shorter than the relay asked for, nor by more than 10 minutes longer", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(3_600), fc.double({ min: 0, max: 0.999_999, noNaN: true }), (failures, asked, random) => {
        const seconds = relayBackOffSeconds(failures, asked, () => random)
        expect(seconds).toBeGreaterThanOrEqual(asked)
        expect(seconds).toBeLessThanOrEqual(asked + 600)
      })
    )
  })

  it("is left to chance unless told otherwise", () => {
    expect(relayBackOffSeconds(3)).toBeLessThan(8)
  })
})

describe("Retry-After", () => {
  // Mon, 30 Nov 2026 12:00:00 GMT
  const NOW = Date.UTC(2026, 10, 30, 12)

  it.each([
    ["0", 0],
    ["90", 90],
    ["3600", 3_600],
    // An hour at most.
    ["3601", 3_600],
    ["999999999999999", 3_600],
    ["Mon, 30 Nov 2026 12:01:30 GMT", 90],
    ["Mon, 30 Nov 2026 18:00:00 GMT", 3_600],
    ["Mon, 30 Nov 2026 11:00:00 GMT", 0],
  ])("%j is %i seconds", (header, seconds) => {
    expect(readRetryAfter(header, NOW)).toBe(seconds)
  })

  it.each([undefined, "", "-1", "1.5", "soon", "1e3", "0x10", "9999999999999999", "2026-11-30T12:01:30Z", "Mon, 99 Foo 2026 12:01:30 GMT"])(
    "is nothing as %j",
    (header) => {
      expect(readRetryAfter(header, NOW)).toBeUndefined()
    }
  )
})

describe("the relay's clock", () => {
  it("goes on from what the relay told, by the store's own", () => {
    let own = 5_000
    const clock = new RelayClock(() => own)
    expect(clock.now()).toBe(5_000)
    clock.read("86405000")
    own += 7
    expect(clock.now()).toBe(86_405_007)
    clock.set(1_000)
    own += 7
    expect(clock.now()).toBe(1_007)
  })

  it.each([undefined, "", "soon", "-5", "1.5", "1e3", "9999999999999999", ["1", "2"]])("is not set by %j", (header) => {
    const clock = new RelayClock(() => 5_000)
    clock.read(header)
    expect(clock.now()).toBe(5_000)
  })

  it("shows no time before 1970, which nothing can be signed with", () => {
    let own = 5_000
    const clock = new RelayClock(() => own)
    clock.set(10)
    own = 0
    expect(clock.now()).toBe(0)
  })
})
