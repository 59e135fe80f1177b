import fc from "fast-check"

import { assertOrderable, checkQuantity, nextQuantity } from "../domain/order-quantity"

describe("checkQuantity", () => {
  it.each([
    // quantity, minimum, multiple, code, next
    [12, 1, 1, undefined, undefined],
    [12, 12, 6, undefined, undefined],
    [1, 1, 1, undefined, undefined],
    [5, 6, 1, "quantity_below_minimum", 6],
    [5, 6, 4, "quantity_below_minimum", 8], // the first multiple of 4 at or above 6
    [7, 1, 6, "quantity_not_a_multiple", 12],
    [0, 1, 6, "quantity_not_whole", 6],
    [-3, 2, 2, "quantity_not_whole", 2],
    [2.5, 1, 2, "quantity_not_whole", 4],
    [Number.NaN, 5, 2, "quantity_not_whole", 6],
    [Number.POSITIVE_INFINITY, 5, 5, "quantity_not_whole", 5],
  ])("of %d with minimum %d in steps of %d is %s", (quantity, minimum, multiple, code, next) => {
    expect(checkQuantity({ quantity, minimum, multiple })).toEqual(
      code === undefined ? undefined : { code, next_quantity: next }
    )
  })

  it("allows the next quantity it names, and no smaller one from the wanted quantity up", () => {
    const terms = fc.record({
      quantity: fc.integer({ min: -10, max: 500 }),
      minimum: fc.integer({ min: 1, max: 100 }),
      multiple: fc.integer({ min: 1, max: 60 }),
    })
    fc.assert(
      fc.property(terms, ({ quantity, minimum, multiple }) => {
        const next = nextQuantity({ quantity, minimum, multiple })
        expect(checkQuantity({ quantity: next, minimum, multiple })).toBeUndefined()
        for (let between = Math.max(quantity, 1); between < next; between++) {
          expect(checkQuantity({ quantity: between, minimum, multiple })).toBeDefined()
        }
      })
    )
  })
})

describe("assertOrderable", () => {
  it("passes lines that may all be ordered", () => {
    expect(() => assertOrderable([{ sku: "A", quantity: 6, minimum: 6, multiple: 6 }])).not.toThrow()
  })

  it("names every refused line with its figures", () => {
    const lines = [
      { sku: "A", quantity: 5, minimum: 6, multiple: 6 },
      { sku: "B", quantity: 6, minimum: 1, multiple: 1 },
      { sku: "C", quantity: 7, minimum: 1, multiple: 2 },
    ]
    expect(() => assertOrderable(lines)).toThrow(
      expect.objectContaining({
        status: 400,
        code: "quantity_not_orderable",
        details: {
          lines: [
            { ...lines[0], code: "quantity_below_minimum", next_quantity: 6 },
            { ...lines[2], code: "quantity_not_a_multiple", next_quantity: 8 },
          ],
        },
      })
    )
  })
})
