import { decimalOf, sumUnits, unitsOf } from "../decimal"

describe("decimal amounts in the browser", () => {
  it("are summed without the errors of floating point", () => {
    // 0.1 + 0.2 is 0.30000000000000004 in floating point
    expect(decimalOf(sumUnits(["0.1", 0.2]))).toBe("0.3")
    expect(decimalOf(sumUnits(["1200.00", 800, "", "abc", "-0.005"]))).toBe("1999.995")
    expect(decimalOf(sumUnits([]))).toBe("0")
    expect(decimalOf(sumUnits(["10", "-10.01"]))).toBe("-0.01")
  })

  it("are read as they are typed, and nothing else is", () => {
    expect(unitsOf(" 12. ")).toBe(1_200_000_000n)
    for (const typed of ["", ".5", "1e3", "1,5", "0.123456789", "--1"]) {
      expect(unitsOf(typed)).toBeUndefined()
    }
  })
})
