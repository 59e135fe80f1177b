import fc from "fast-check"

import { allocate } from "../allocate"
import { roundAmount, sumAmounts } from "../amount"
import { currencyDigits } from "../currency-digits"

describe("allocate", () => {
  it.each([
    // 100.00 / 3 = 33.33…: one cent is left and goes to the first of equal remainders
    ["100.00", [1, 1, 1], "usd", ["33.34", "33.33", "33.33"]],
    // 100 / 3 = 33.3…
    ["100", [1, 1, 1], "jpy", ["34", "33", "33"]],
    // 0.100 / 3 = 0.0333…
    ["0.100", [1, 1, 1], "kwd", ["0.034", "0.033", "0.033"]],
    // 10.00 × 2/3 = 6.666…, × 1/3 = 3.333…: the larger remainder takes the cent
    ["10.00", [2, 1], "eur", ["6.67", "3.33"]],
    ["10.00", [1, 2], "eur", ["3.33", "6.67"]],
    // 0.05 × 3/10 = 0.015, × 7/10 = 0.035: equal remainders, the earlier part takes the cent
    ["0.05", [3, 7], "usd", ["0.02", "0.03"]],
    // a credit splits as its invoice did
    ["-100.00", [1, 1, 1], "usd", ["-33.34", "-33.33", "-33.33"]],
    // fewer cents than parts
    ["0.02", [1, 1, 1, 1], "usd", ["0.01", "0.01", "0.00", "0.00"]],
    // weights without a share get none
    ["9.99", [0, 5, 0], "usd", ["0.00", "9.99", "0.00"]],
    ["9.99", [0, 0], "usd", ["9.99", "0.00"]],
    ["0", [1, 1], "usd", ["0.00", "0.00"]],
  ])("splits %s by %j in %s into %j", (total, weights, currency, parts) => {
    expect(allocate(total, weights, currency)).toEqual(parts)
  })

  it("gives no parts for no weights", () => {
    expect(allocate("10.00", [], "usd")).toEqual([])
  })

  it("rounds a total that carries a float's residue before it splits", () => {
    // 0.1 + 0.2 = 0.30000000000000004
    expect(allocate(0.1 + 0.2, [1, 1], "usd")).toEqual(["0.15", "0.15"])
    expect(allocate("10.00000000000001", [1, 1, 1], "usd")).toEqual(["3.34", "3.33", "3.33"])
  })

  it("loses no digit to weights finer than a division's precision", () => {
    // Shares of 1.00: 1 − 1e-30 and 1e-30. Rounded division would give the first the whole cent twice.
    expect(allocate("1.00", ["0.999999999999999999999999999999", "1e-30"], "usd")).toEqual(["1.00", "0.00"])
    expect(allocate("0.03", ["1e-25", "1e-25", "1e-25"], "usd")).toEqual(["0.01", "0.01", "0.01"])
  })

  it.each([[[-1, 2]], [[Number.NaN, 1]], [[Number.POSITIVE_INFINITY]]])("refuses the weights %p", (weights) => {
    expect(() => allocate("1.00", weights, "usd")).toThrow(RangeError)
  })

  const cases = fc.record({
    currency: fc.constantFrom("jpy", "usd", "kwd", "clf"),
    units: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
    weights: fc.array(
      fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom("0.1", "0.333333", "9.99", "1e-9")),
      { minLength: 1, maxLength: 40 }
    ),
  })

  it("sums to the total exactly, whatever is split by whatever", () => {
    fc.assert(
      fc.property(cases, ({ currency, units, weights }) => {
        const total = `${units}e-${currencyDigits(currency)}`
        const parts = allocate(total, weights, currency)
        expect(parts).toHaveLength(weights.length)
        expect(sumAmounts(parts, currency)).toBe(roundAmount(total, currency))
      }),
      { numRuns: 500 }
    )
  })

  it("gives each part its exact share within one minor unit, and never the other sign", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 30 }),
        (units, weights) => {
          const weightSum = weights.reduce((left, right) => left + right, 0n)
          fc.pre(weightSum > 0n)
          const parts = allocate(`${units}e-2`, weights.map(String), "usd")
          parts.forEach((part, index) => {
            // |part × Σ − units × weight| < Σ, all in cents: the part is less than a cent off its share
            const cents = BigInt(part.replace(".", ""))
            const error = cents * weightSum - units * weights[index]
            expect(error < weightSum && error > -weightSum).toBe(true)
            expect(cents === 0n || cents > 0n === units > 0n).toBe(true)
          })
        }
      ),
      { numRuns: 300 }
    )
  })

  it("splits a refund as the mirror image of its charge", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 20 }),
        (units, weights) => {
          const charge = allocate(`${units}e-2`, weights, "usd")
          const refund = allocate(`${-units}e-2`, weights, "usd")
          charge.forEach((part, index) => expect(sumAmounts([part, refund[index]], "usd")).toBe("0.00"))
        }
      )
    )
  })
})
