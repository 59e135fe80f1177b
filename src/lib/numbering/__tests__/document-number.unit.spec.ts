import fc from "fast-check"

import { assertNumberPattern, formatDocumentNumber, mayGiveEqualNumbers, seriesYear } from "../document-number"

describe("formatDocumentNumber", () => {
  it.each([
    ["B2B-{YYYY}-{SEQ:6}", 1, "B2B-2026-000001"],
    ["PO-{YYYY}-{SEQ:6}", 42, "PO-2026-000042"],
    ["{SEQ}", 7, "7"],
    ["INV{SEQ:3}/{YYYY}", 12, "INV012/2026"],
    ["{SEQ:12}", 5, "000000000005"],
    // grows beyond its width, never wraps
    ["A-{SEQ:3}", 1000, "A-1000"],
  ])("writes %s number %d as %s", (pattern, sequence, number) => {
    expect(formatDocumentNumber(pattern, { year: 2026, sequence })).toBe(number)
  })

  it("never gives two sequences of a series the same number", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("B2B-{YYYY}-{SEQ:6}", "{SEQ}", "X{SEQ:1}Y"),
        fc.uniqueArray(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 2, maxLength: 20 }),
        (pattern, sequences) => {
          const numbers = sequences.map((sequence) => formatDocumentNumber(pattern, { year: 2026, sequence }))
          expect(new Set(numbers).size).toBe(sequences.length)
        }
      )
    )
  })
})

describe("seriesYear", () => {
  it("starts a new series each year where the number shows the year, at midnight UTC", () => {
    expect(seriesYear("B2B-{YYYY}-{SEQ:6}", new Date("2026-12-31T23:59:59.999Z"))).toBe(2026)
    expect(seriesYear("B2B-{YYYY}-{SEQ:6}", new Date("2027-01-01T00:00:00.000Z"))).toBe(2027)
  })

  it("keeps one series for ever where it does not", () => {
    expect(seriesYear("B2B-{SEQ:6}", new Date("2026-12-31T23:59:59Z"))).toBe(0)
    expect(seriesYear("B2B-{SEQ:6}", new Date("2027-01-01T00:00:00Z"))).toBe(0)
  })
})

describe("assertNumberPattern", () => {
  it.each(["{SEQ}", "{SEQ:1}", "B2B-{YYYY}-{SEQ:6}", "No. {SEQ:12} of {YYYY}"])("takes %s", (pattern) => {
    expect(() => assertNumberPattern(pattern)).not.toThrow()
  })

  it.each([
    ["without a running number", "B2B-{YYYY}"],
    ["empty", ""],
    ["with two running numbers", "{SEQ}-{SEQ:6}"],
    ["with the year twice", "{YYYY}{YYYY}{SEQ}"],
    ["with an unknown field", "{MM}-{SEQ}"],
    ["with a stray brace", "{SEQ}}"],
    ["with a width of nothing", "{SEQ:0}"],
    ["with a width beyond 12", "{SEQ:13}"],
    ["with no width after the colon", "{SEQ:}"],
    ["longer than 40 characters", `${"A".repeat(36)}{SEQ}`],
  ])("refuses one %s", (_, pattern) => {
    expect(() => assertNumberPattern(pattern)).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_number_pattern", details: { pattern } })
    )
    expect(() => formatDocumentNumber(pattern, { year: 2026, sequence: 1 })).toThrow()
  })
})

describe("mayGiveEqualNumbers", () => {
  it.each([
    ["INV-{YYYY}-{SEQ:6}", "EX-{YYYY}-{SEQ:6}"],
    ["INV-{SEQ}", "INV-X{SEQ}"],
    ["INV-{SEQ}", "INV-{SEQ}-X"],
    ["A{SEQ:4}", "A{YYYY}-{SEQ:4}"],
    // No running number has only three digits here.
    ["A{SEQ:4}B", "A123B{SEQ}"],
  ])("is told of %s and %s: never", (one, other) => {
    expect(mayGiveEqualNumbers(one, other)).toBe(false)
    expect(mayGiveEqualNumbers(other, one)).toBe(false)
  })

  it.each([
    ["INV-{SEQ:6}", "inv-{SEQ:4}"],
    // INV-2026-1 as the first of 2026, and as number 1 of a series named after a year.
    ["INV-{YYYY}-{SEQ}", "INV-2026-{SEQ}"],
    // 20261 is the first of 2026, and the 20,261st.
    ["{YYYY}{SEQ}", "{SEQ}"],
    ["A{SEQ}", "A1{SEQ}"],
    ["{SEQ}7", "{SEQ:3}"],
  ])("is told of %s and %s: it may be", (one, other) => {
    expect(mayGiveEqualNumbers(one, other)).toBe(true)
    expect(mayGiveEqualNumbers(other, one)).toBe(true)
  })

  it("is told of any two that do write the same number", () => {
    const pattern = fc
      .tuple(fc.constantFrom("", "A", "A-", "1", "20"), fc.constantFrom("", "{YYYY}", "{YYYY}-"), fc.integer({ min: 1, max: 3 }), fc.constantFrom("", "7", "B"))
      .map(([before, year, width, after]) => `${before}${year}{SEQ:${width}}${after}`)
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const written = (of: string) =>
          Array.from({ length: 1_300 }, (_, index) => formatDocumentNumber(of, { year: 2026, sequence: index + 1 }))
        const numbers = new Set(written(one))
        if (written(other).some((number) => numbers.has(number))) {
          expect(mayGiveEqualNumbers(one, other)).toBe(true)
        }
      }),
      { numRuns: 50 }
    )
  })
})
