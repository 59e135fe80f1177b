import fc from "fast-check"

import { derivedId } from "../derived-id"

describe("derivedId", () => {
  it("is the same for the same parts", () => {
    expect(derivedId("order", "inv_1", "ord_1")).toBe(derivedId("order", "inv_1", "ord_1"))
  })

  it("is the prefix and 26 characters of Crockford's base 32", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 4 }), (parts) => {
        expect(derivedId("whinv", ...parts)).toMatch(/^whinv_[0-9A-HJKMNP-TV-Z]{26}$/)
      })
    )
  })

  it.each([
    [["a", "b"], ["b", "a"]],
    [["ab", "c"], ["a", "bc"]],
    [["ab"], ["a", "b"]],
    [["a", ""], ["a"]],
    [["1:a"], ["a"]],
    [["a1:b"], ["a", "b"]],
  ])("tells %j from %j", (left, right) => {
    expect(derivedId("x", ...left)).not.toBe(derivedId("x", ...right))
  })

  it("differs wherever the parts differ", () => {
    const parts = fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 })
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const same = JSON.stringify(left) === JSON.stringify(right)
        expect(derivedId("x", ...left) === derivedId("x", ...right)).toBe(same)
      }),
      { numRuns: 500 }
    )
  })
})
