import fc from "fast-check"

import { canonicalJson, contentHash } from "../content-hash"

describe("canonicalJson", () => {
  it("sorts keys at every depth and leaves lists in their order", () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }, 1], a: { z: null, y: "x" } })).toBe(
      '{"a":{"y":"x","z":null},"b":[{"c":2,"d":1},1]}'
    )
  })

  it("passes over members that are undefined", () => {
    expect(canonicalJson({ a: 1, b: undefined })).toBe(canonicalJson({ a: 1 }))
  })

  it("writes a time as its ISO text", () => {
    expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}')
  })

  it("counts an absent value as null", () => {
    expect(canonicalJson(undefined)).toBe("null")
  })
})

describe("contentHash", () => {
  it("is the SHA-256 of the canonical text", () => {
    // echo -n '{"a":1}' | sha256sum
    expect(contentHash({ a: 1 })).toBe("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862")
  })

  it.each([
    [{ a: 1 }, { a: "1" }],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: null }, {}],
    [{ a: { b: 1 } }, { a: 1, b: 1 }],
    ["1200.00", "1200.0"],
  ])("tells %j from %j", (left, right) => {
    expect(contentHash(left)).not.toBe(contentHash(right))
  })

  it("does not depend on the order keys were written in, nor on a trip through JSON", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        expect(contentHash(reversed)).toBe(contentHash(value))
        expect(contentHash(JSON.parse(JSON.stringify(value)))).toBe(contentHash(value))
      })
    )
  })
})
