import fc from "fast-check"

import { spreadDiscrepancies, type SpreadLine } from "../domain/spread-discrepancies"

const line = (id: string, quantity: number, shipped_quantity: number, short = 0, damaged = 0): SpreadLine => ({
  id,
  quantity,
  shipped_quantity,
  short_quantity: short,
  damaged_quantity: damaged,
})

const spread = (lines: readonly SpreadLine[], short_quantity: number, damaged_quantity: number) =>
  spreadDiscrepancies(lines, { short_quantity, damaged_quantity }).map((found) => [
    found.line_id,
    found.short_quantity,
    found.damaged_quantity,
  ])

describe("what came short or damaged of one ordered line", () => {
  it("falls on the lines that shipped it, oldest first", () => {
    expect(spread([line("a", 3, 3), line("b", 5, 5)], 2, 3)).toEqual([["a", 2, 1], ["b", 0, 2]])
  })

  it("passes over what has not left, and over what was told of before", () => {
    expect(spread([line("a", 4, 0), line("b", 5, 5, 2, 1), line("c", 5, 5)], 3, 0)).toEqual([["b", 2, 0], ["c", 1, 0]])
  })

  it("beyond all that was shipped falls on what was ordered, and beyond that on the oldest", () => {
    expect(spread([line("a", 3, 1), line("b", 2, 2)], 4, 0)).toEqual([["a", 2, 0], ["b", 2, 0]])
    expect(spread([line("a", 3, 1), line("b", 2, 2)], 6, 1)).toEqual([["a", 4, 1], ["b", 2, 0]])
  })

  it("is nothing where all came in order", () => {
    expect(spread([line("a", 3, 3)], 0, 0)).toEqual([])
  })

  it("is told of to the last unit", () => {
    const units = fc.integer({ min: 0, max: 20 })
    fc.assert(
      fc.property(fc.array(fc.tuple(units, units, units, units), { minLength: 1 }), units, units, (rows, short, damaged) => {
        const lines = rows.map(([quantity, shipped, s, d], index) => line(`line_${index}`, quantity, shipped, s, d))
        const found = spread(lines, short, damaged)
        const sum = (at: 1 | 2) => found.reduce((all, row) => all + Number(row[at]), 0)
        expect([sum(1), sum(2)]).toEqual([short, damaged])
      })
    )
  })
})
