import { BigNumber } from "@medusajs/framework/utils"
import fc from "fast-check"

import {
  decimalString,
  isExactAmount,
  lineAmount,
  negateAmount,
  roundAmount,
  subtractAmounts,
  sumAmounts,
} from "../amount"

describe("roundAmount", () => {
  it.each([
    // two digits: half goes away from zero, on both sides
    ["1.005", "gbp", "1.01"],
    ["1.0049", "gbp", "1.00"],
    ["-1.005", "gbp", "-1.01"],
    ["-1.0049", "gbp", "-1.00"],
    // no digits
    ["1199.5", "jpy", "1200"],
    ["1199.4", "JPY", "1199"],
    // three digits
    ["1.0005", "kwd", "1.001"],
    ["1.2", "KWD", "1.200"],
    // a residue is no amount, and zero has no sign
    ["0.00000000000001", "usd", "0.00"],
    ["-0.00000000000001", "usd", "0.00"],
    ["-0.4", "jpy", "0"],
    // never an exponent
    ["1e21", "usd", "1000000000000000000000.00"],
  ])("writes %s in %s as %s", (value, currency, written) => {
    expect(roundAmount(value, currency)).toBe(written)
  })

  it("reads every form Medusa gives an amount in", () => {
    expect(roundAmount(12.5, "eur")).toBe("12.50")
    expect(roundAmount("12.5", "eur")).toBe("12.50")
    expect(roundAmount({ value: "12.5", precision: 20 }, "eur")).toBe("12.50")
    expect(roundAmount(new BigNumber({ value: "12.5", precision: 20 }), "eur")).toBe("12.50")
  })

  it("keeps digits beyond a float's reach", () => {
    expect(roundAmount("90071992547409931.07", "usd")).toBe("90071992547409931.07")
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, "12,50", ""])("refuses %p, which is no number", (value) => {
    expect(() => roundAmount(value, "usd")).toThrow(RangeError)
  })

  it("rounds to the nearest minor unit, and rounding again changes nothing", () => {
    const digits = { jpy: 0, usd: 2, kwd: 3 } as const
    fc.assert(
      fc.property(
        fc.constantFrom<keyof typeof digits>("jpy", "usd", "kwd"),
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        fc.integer({ min: 0, max: 14 }),
        (currency, unscaled, scale) => {
          const value = `${unscaled}e-${scale}`
          const rounded = roundAmount(value, currency)
          expect(rounded).toMatch(digits[currency] ? new RegExp(`^-?\\d+\\.\\d{${digits[currency]}}$`) : /^-?\d+$/)
          expect(roundAmount(rounded, currency)).toBe(rounded)
          // |value − rounded| ≤ half a minor unit, compared in units of 10^-15
          const inUnits = (text: string) => toScale15(text)
          const error = inUnits(decimalString(value)) - inUnits(rounded)
          const half = 10n ** BigInt(15 - digits[currency]) / 2n
          expect(error <= half && error >= -half).toBe(true)
        }
      )
    )
  })
})

describe("sums and differences", () => {
  it("adds what floats cannot", () => {
    // 0.1 + 0.2 is 0.30000000000000004 as a float
    expect(sumAmounts([0.1, 0.2], "usd")).toBe("0.30")
    // 1e15 + 0.01 − 1e15 is 0 as a float
    expect(sumAmounts(["1000000000000000", "0.01", "-1000000000000000"], "usd")).toBe("0.01")
  })

  it("is zero for nothing", () => {
    expect(sumAmounts([], "usd")).toBe("0.00")
    expect(sumAmounts([], "jpy")).toBe("0")
    expect(sumAmounts([], "bhd")).toBe("0.000")
  })

  it("leaves no residue when equal amounts meet", () => {
    // 1.1 − 1.0 − 0.1 is 8.3e-17 as a float
    expect(subtractAmounts(1.1, "1.1", "usd")).toBe("0.00")
    expect(sumAmounts([1.1, -1, -0.1], "usd")).toBe("0.00")
  })

  it("turns the sign, and of zero nothing", () => {
    expect(negateAmount("12.50", "eur")).toBe("-12.50")
    expect(negateAmount("-12.50", "eur")).toBe("12.50")
    expect(negateAmount("0", "eur")).toBe("0.00")
  })

  it("adds any list to the sum of its minor units", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(["jpy", 0] as const, ["usd", 2] as const, ["kwd", 3] as const),
        fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { maxLength: 50 }),
        ([currency, digits], units) => {
          const written = units.map((unit) => `${unit}e-${digits}`)
          const sum = units.reduce((left, right) => left + right, 0n)
          expect(sumAmounts(written, currency)).toBe(roundAmount(`${sum}e-${digits}`, currency))
        }
      )
    )
  })
})

describe("lineAmount", () => {
  it.each([
    // 12 × 100.00
    [12, "100.00", "usd", "1200.00"],
    // 3 × 9.99 = 29.97
    [3, 9.99, "usd", "29.97"],
    // 3 × 0.335 = 1.005, rounded once to 1.01 (the rounded price 0.34 would give 1.02)
    [3, "0.335", "usd", "1.01"],
    // 7 × 14.3 = 100.1
    [7, "14.3", "jpy", "100"],
    // 3 × 0.1115 = 0.3345
    [3, "0.1115", "kwd", "0.335"],
  ])("rounds %p × %p %s once to %s", (quantity, price, currency, amount) => {
    expect(lineAmount(quantity, price, currency)).toBe(amount)
  })
})

describe("isExactAmount", () => {
  it.each([
    ["12.50", "usd", true],
    ["12.505", "usd", false],
    ["12.505", "kwd", true],
    ["12.5", "jpy", false],
    ["1200", "jpy", true],
    ["0.00000000000001", "usd", false],
  ])("says of %s in %s: %p", (value, currency, exact) => {
    expect(isExactAmount(value, currency)).toBe(exact)
  })
})

describe("decimalString", () => {
  it.each([
    ["0.0725", "0.0725"],
    [0.0725, "0.0725"],
    ["2.50", "2.5"],
    ["1e-14", "0.00000000000001"],
    [1e21, "1000000000000000000000"],
    ["-0", "0"],
  ])("writes %p as %s", (value, written) => {
    expect(decimalString(value)).toBe(written)
  })

  it("refuses what is no number", () => {
    expect(() => decimalString("seven")).toThrow(RangeError)
  })
})

/** A decimal text with up to 15 decimals in units of 10^-15. */
function toScale15(text: string): bigint {
  const [whole, fraction = ""] = text.replace("-", "").split(".")
  const units = BigInt(whole + fraction.padEnd(15, "0"))
  return text.startsWith("-") ? -units : units
}
